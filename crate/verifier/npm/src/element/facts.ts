/** The facts that a policy asked for, in words. */
import { day } from '../text.js';
import type { Catalogue, Facts, Message, Privilege } from '../types.js';
import { say } from '../text.js';
import type { Words } from './words.js';

/** A fact: what it is, and what was shown. `lang` where it is a name of another language. */
export interface Row {
  label: string;
  values: { text: string; lang?: string }[];
}

/** Returns what was shown, in the order in which a person reads it. The name stands apart, at the portrait. */
export function rows(facts: Facts, words: Words): Row[] {
  const all: Row[] = [];
  const catalogue = words.catalogue;
  const put = (key: string, ...values: (string | undefined)[]) => {
    const said = values.filter((value): value is string => value !== undefined && value !== '');
    if (said.length) all.push({ label: words.say(`fact.${key}`), values: said.map((text) => ({ text })) });
  };
  const date = (value: string | null | undefined) => (value ? day(value, catalogue) : undefined);
  const answer = (value: boolean) => words.say(value ? 'yes' : 'no');

  put('birth-date', date(facts['birth-date']));
  put('birth-year', facts['birth-year']?.toString());
  if (facts.age) {
    const { years, over } = facts.age;
    const said = Object.entries(over).map(([age, is]) => words.say(is ? 'age.over' : 'age.under', { age }));
    put('age', years === null ? undefined : words.say('age.years', { years }), ...said);
  }
  put('sex', facts.sex && (words.text(`sex.${facts.sex}`) ?? facts.sex));
  put('number', facts.number);
  put('number-last4', facts['number-last4'] && `… ${facts['number-last4']}`);
  put('privileges', ...privileges(facts, words));
  put('status-letters', status(facts, words));
  put('points', facts.points && words.say('points', { points: facts.points.incurred }));
  if (facts['novice-until']) {
    const { car, motorcycle } = facts['novice-until'];
    put(
      'novice-until',
      car ? words.say('novice.car', { date: date(car) ?? '' }) : undefined,
      motorcycle ? words.say('novice.motorcycle', { date: date(motorcycle) ?? '' }) : undefined,
      !car && !motorcycle ? words.say('novice.none') : undefined,
    );
  }
  put('extended-until', date(facts['extended-until']?.until));
  put('issue-date', date(facts['issue-date']));
  if (facts['long-term']) put('expiry-date', words.say('long-term'));
  else put('expiry-date', date(facts['expiry-date']));
  if (facts['long-term'] !== undefined && !facts['long-term'] && !facts['expiry-date']) put('long-term', answer(false));
  put('issuing-authority', facts['issuing-authority']);
  put('issuing-country', place(facts['issuing-country'], catalogue), facts['issuing-jurisdiction']);
  return all;
}

/** Returns a country in words. */
export function place(code: string | undefined, catalogue: Catalogue): string | undefined {
  if (!code) return undefined;
  try {
    return new Intl.DisplayNames(catalogue.tag, { type: 'region', fallback: 'code' }).of(code) ?? code;
  } catch {
    return code;
  }
}

function status(facts: Facts, words: Words): string | undefined {
  const letters = facts['status-letters']?.letters;
  if (letters === undefined) return undefined;
  const message: Message = { code: 'check.status', args: [['letters', { kind: 'letters', value: letters }]] };
  return say(message, words.catalogue);
}

function privileges(facts: Facts, words: Words): string[] {
  const held = facts.privileges;
  if (!held) return [];
  const own = (held.classes?.known ?? []).map(({ class: code, from }) => {
    const name = words.text(`class.${code}.full`) ?? code;
    return from ? words.say('class.from', { class: name, date: day(from, words.catalogue) }) : name;
  });
  if (own.length) return own;
  const [lines, prefix] = held.domestic?.length ? [held.domestic, undefined] : [held.iso ?? [], 'category.'];
  const said = lines.map((line) => privilege(line, prefix, words));
  return said.length ? said : [words.say('class.none')];
}

function privilege(line: Privilege, prefix: string | undefined, words: Words): string {
  const code = line.code ?? '';
  const name = prefix && words.text(`${prefix}${code}`);
  const parts = [name ? words.say('category', { code, name }) : code];
  if (line.from) parts.push(words.say('from', { date: day(line.from, words.catalogue) }));
  if (line.until) parts.push(words.say('until', { date: day(line.until, words.catalogue) }));
  for (const { code: condition } of conditions(line)) parts.push(words.text(`category-code.${condition}`) ?? words.say('condition', { code: condition }));
  return words.list(parts.filter(Boolean));
}

function conditions(line: Privilege): { code: string }[] {
  const restrictions = line['restrictions'];
  if (!Array.isArray(restrictions)) return [];
  return restrictions.filter((one): one is { code: string } => typeof (one as { code?: unknown } | null)?.code === 'string');
}
