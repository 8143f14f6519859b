// `cargo xtask kill [ROUNDS] [STEP]`: SIGKILLs the browser at every write of every step that stores something, opens its profile
// again, and looks at what is there: the state before the step or the state after it, whole.
import { killed, STEPS } from "./support/kill.mjs";

const ROUNDS = Number(process.argv[2] ?? 100);
const chosen = STEPS.filter(({ name }) => [undefined, name].includes(process.argv[3]));
if (chosen.length === 0) throw new Error(`no such step (there are: ${STEPS.map(({ name }) => name).join(", ")})`);

let wrong = 0;
for (const step of chosen) {
  const outcomes = { before: 0, after: 0 };
  const points = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    const { outcome, point, fault } = await killed(step, round);
    points.set(point, (points.get(point) ?? 0) + 1);
    if (fault) {
      wrong++;
      console.log(`WRONG  ${step.name}, round ${round}, killed at ${point}: ${fault}`);
    } else {
      outcomes[outcome]++;
    }
  }
  const places = [...points].map(([point, count]) => `${point} ${count}`).join(", ");
  console.log(`${step.name}: ${ROUNDS} kills, ${outcomes.before} as before, ${outcomes.after} as after (${places})`);
}
console.log(wrong === 0 ? "nothing torn, nothing lost" : `${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
