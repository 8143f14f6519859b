// The price of a year, as the demo insurer computes it: a base, and what each finding of the policy's rules adds to it.
// The page and the server use this one file; the server's result counts.

const BASE = 3200;
const BY_POINTS = { 0: -10, 1: 0, 6: 30, 9: 50 };

const found = (decision, code) => decision.reasons.flatMap(({ checks }) => checks).find((check) => check.code === code);
const arg = (check, name) => check?.message.args.find(([have]) => have === name)?.[1].value;

/**
 * Returns the band (A to D), the price, and each step with the rule that makes it; undefined for a proposal that is refused, or
 * whose points or year of birth are not known.
 */
export function premium(decision) {
  const points = found(decision, 'points-band');
  const born = found(decision, 'birth-year');
  // A licence of another country has no points.
  const without = decision.reasons.some(({ rule, outcome }) => rule === 'points-bands' && outcome === 'not-applicable');
  if (decision.outcome === 'refuse' || !born || !(points || without)) return undefined;
  const steps = [points ? { rule: 'points-bands', percent: BY_POINTS[arg(points, 'from')] ?? 20, message: points.message } : { rule: 'points-bands', percent: 10 }];
  const age = arg(born, 'age');
  steps.push({ rule: 'birth-year', percent: age < 25 ? 20 : age >= 70 ? 15 : age >= 35 && age < 60 ? -5 : 0, message: born.message });
  const held = found(decision, 'held-years');
  const years = arg(held, 'years');
  if (held) steps.push({ rule: 'years-held', percent: years < 1 ? 20 : years < 3 ? 10 : years >= 10 ? -10 : 0, message: held.message });
  const novice = decision.reasons.find(({ rule, outcome }) => rule === 'novice' && outcome === 'fail');
  const [said] = novice?.checks.filter(({ state }) => state === 'fail') ?? [];
  if (said) steps.push({ rule: 'novice', percent: 25, message: said.message });
  const percent = steps.reduce((sum, step) => sum + step.percent, 0);
  const band = percent <= -15 ? 'A' : percent <= 5 ? 'B' : percent <= 30 ? 'C' : 'D';
  return { base: BASE, percent, price: Math.round(BASE * (1 + percent / 100)), band, steps };
}
