/** The decision: what it is, why, who it is about, and every check behind it. */
import type { Decision } from '../decision.js';
import { day, next, say } from '../text.js';
import type { Case, Check, Message, Reason, RuleOutcome } from '../types.js';
import { isBlank } from './blank.js';
import { type Sign, foreign, h, sign } from './dom.js';
import { place, rows } from './facts.js';
import type { Words } from './words.js';

/** What the person says who compares the face. */
export type Face = NonNullable<Case['face']>;

const FACES: readonly Face[] = ['same', 'not-sure', 'different'];

/** Why a portrait is not shown. */
export type Unseen = 'broken' | 'blank';

/** What the view of a decision needs. */
export interface Shown {
  decision: Decision;
  face: Face | undefined;
  /** The address of the portrait, until the next person. */
  portrait: string | undefined;
  /** Why it is not shown: the browser could not draw it, or nothing is to be seen on it. */
  unseen: Unseen | undefined;
  /** Whether the list of all checks is open. */
  open: boolean;
}

/** What can be done. */
export interface Actions {
  face: (answer: Face) => void;
  next: () => void;
  unseen: (why: Unseen) => void;
  toggled: (open: boolean) => void;
}

/** Whether all that is left is to compare the face. */
export function asksFace({ deciding }: Decision): boolean {
  return deciding.length > 0 && deciding.every(({ code }) => code === 'face-not-compared');
}

/** Whether the same licence has to be shown again. */
function again({ headline }: Decision): boolean {
  return ['headline.old-code', 'headline.interrupted', 'headline.clocks-disagree'].includes(headline.code);
}

/** Returns the sentence of a decision: what the presentation is where that decides, else the first reason. */
export function sentence(decision: Decision, words: Words): string {
  if (asksFace(decision)) return words.say('face.ask');
  const [first] = decision.deciding;
  const fine = /\.pass$/.test(decision.headline.code);
  if (decision.outcome !== 'accept' && fine && first) return say(message(first), words.catalogue);
  return say(decision.headline, words.catalogue);
}

/** Returns the word of a decision. */
export function word({ outcome }: Decision, words: Words): string {
  return words.say(`outcome.${outcome}`);
}

/** Returns what a live region says. */
export function announcement(shown: Shown, words: Words): string {
  const { decision, face } = shown;
  const said = words.say('announce', { word: word(decision, words), sentence: sentence(decision, words) });
  return decision.compareFace && !face ? `${said} ${words.say('announce.face')}` : said;
}

/** Returns the view. */
export function verdict(shown: Shown, words: Words, actions: Actions): HTMLElement {
  const { decision } = shown;
  return h(
    'div',
    { class: 'decided' },
    band(decision, words),
    h('div', { class: 'columns' }, person(shown, words, actions), h('div', { class: 'column' }, why(decision, words), facts(decision, words))),
    everything(shown, words, actions),
    h(
      'div',
      { class: 'row end' },
      h('button', { type: 'button', part: 'button primary next', class: 'button primary', id: 'next', onclick: actions.next }, words.say(again(decision) ? 'again' : 'next')),
    ),
    h('p', { part: 'foot' }, words.say('foot', { time: moment(decision.at, words), policy: `${decision.policy.id} ${decision.policy.version}` })),
  );
}

function band(decision: Decision, words: Words): HTMLElement {
  const { outcome } = decision;
  return h(
    'div',
    { part: `verdict ${outcome}`, class: `verdict ${outcome}` },
    h('span', { class: 'mark' }, sign(outcome)),
    h(
      'h2',
      { id: 'verdict', tabindex: -1 },
      h('span', { part: 'outcome' }, word(decision, words)),
      h('span', { class: 'apart' }, words.chinese ? '：' : ': '),
      h('span', { part: 'sentence' }, sentence(decision, words)),
    ),
    decision.demo && h('span', { part: 'demo' }, words.say('demo')),
  );
}

function person({ decision, face, portrait, unseen }: Shown, words: Words, actions: Actions): HTMLElement | undefined {
  const { facts, issuer } = decision;
  const seen = ({ target }: Event) => {
    if (isBlank(target as HTMLImageElement)) actions.unseen('blank');
  };
  const name = facts?.['national-name'];
  const latin = facts?.name;
  if (!facts && !decision.compareFace) return undefined;
  const picture =
    portrait && !unseen
      ? h('img', { part: 'portrait', src: portrait, alt: words.say('portrait'), onerror: () => actions.unseen('broken'), onload: seen })
      : decision.compareFace || decision.portrait
        ? h('p', { part: 'portrait', class: 'portrait none' }, words.say(`portrait.${unseen ?? 'none'}`))
        : undefined;
  const names = h('div', { part: 'name' });
  if (name) names.append(h('p', { class: 'national' }, foreign(name, facts?.profile === 'cn' ? 'zh-CN' : 'und')));
  if (latin) names.append(h('p', { class: name ? 'latin' : 'national' }, foreign(latin, 'und')));
  const by = issuer && h('p', { part: 'issuer' }, words.say('issuer'), words.chinese ? '' : ' ', foreign(issuer.name), ` (${place(issuer.country, words.catalogue)})`);
  return h('div', { class: 'column person' }, h('div', { class: 'who' }, picture, h('div', { class: 'named' }, names, by)), decision.compareFace && question(face, words, actions));
}

function question(face: Face | undefined, words: Words, actions: Actions): HTMLElement {
  const buttons = FACES.map((answer) =>
    h(
      'button',
      { type: 'button', part: `button face-${answer}`, class: 'button', id: `face-${answer}`, 'aria-pressed': String(face === answer), onclick: () => actions.face(answer) },
      words.say(`face.${answer}`),
    ),
  );
  return h('div', { part: 'face', role: 'group', 'aria-labelledby': 'question' }, h('p', { id: 'question' }, words.say('face.question')), h('div', { class: 'row answers' }, ...buttons));
}

/** The message of a reason: that of the check which decides it. */
function message({ code, checks }: Reason): Message {
  return checks.find((check) => check.code === code)?.message ?? { code: `code.${code}`, args: [] };
}

/** Most sentences of a reason; the list of all checks has the others. */
const MOST_SENTENCES = 2;

function why(decision: Decision, words: Words): HTMLElement | undefined {
  const asked = decision.deciding.filter(({ code }) => code !== 'face-not-compared');
  const items = asked.map((reason) => {
    const effect: Sign = reason.effect === 'refuse' ? 'refuse' : 'review';
    return h(
      'li',
      { part: 'reason', class: `reason ${effect}` },
      h('span', { class: 'chip' }, sign(effect)),
      h(
        'div',
        {},
        h('p', { class: 'rule' }, ruleName(reason.rule, words), ' ', h('span', { class: 'quiet' }, words.say(`effect.${effect}`))),
        ...sentences(reason, words),
        h('code', { part: 'code' }, reason.code ?? ''),
      ),
    );
  });
  return items.length ? h('div', {}, h('h3', {}, words.say('why')), h('ul', { part: 'reasons' }, ...items)) : undefined;
}

/** Returns what speaks against it, each sentence with what to do about it. */
function sentences(reason: Reason, words: Words): HTMLElement[] {
  const against = reason.checks.filter(({ state }) => state === 'fail' || state === 'undetermined');
  const messages = [message(reason), ...against.map((check) => check.message)];
  const nodes: HTMLElement[] = [];
  const said = new Set<string>();
  for (const one of messages) {
    const text = say(one, words.catalogue);
    if (said.has(text) || said.size >= MOST_SENTENCES) continue;
    said.add(text);
    nodes.push(h('p', {}, text));
    const advice = next(one, words.catalogue);
    if (advice !== undefined && !nodes.some(({ textContent }) => textContent?.includes(advice))) nodes.push(h('p', { part: 'advice' }, words.say('do', { text: advice })));
  }
  return nodes;
}

function facts(decision: Decision, words: Words): HTMLElement | undefined {
  if (!decision.facts) return undefined;
  const all = rows(decision.facts, words);
  if (!all.length) return undefined;
  const lines = all.map(({ label, values }) => h('div', {}, h('dt', {}, label), ...values.map(({ text }) => h('dd', {}, foreign(text)))));
  return h('div', {}, h('h3', {}, words.say('facts')), h('dl', { part: 'facts' }, ...lines));
}

/** Remarks that are told elsewhere in the view. */
const TOLD = new Set(['note.demo', 'note.compare-portrait']);

function everything(shown: Shown, words: Words, actions: Actions): HTMLElement {
  const { decision } = shown;
  const lines = decision.reasons.map((reason) => {
    const said = [...new Set(reason.checks.map((check: Check) => say(check.message, words.catalogue)))];
    return h(
      'li',
      { class: `line ${reason.outcome}` },
      h('span', { class: 'chip' }, sign(SIGNS[reason.outcome])),
      h('div', {}, h('p', { class: 'rule' }, ruleName(reason.rule, words), ' ', h('span', { class: 'quiet' }, words.say(`rule-outcome.${reason.outcome}`))), ...said.map((text) => h('p', {}, text))),
    );
  });
  const notes = decision.notes.filter(({ code }) => !TOLD.has(code)).map((note) => h('li', { class: 'line note' }, h('span', { class: 'chip' }, sign('note')), h('p', {}, say(note, words.catalogue))));
  const details = h(
    'details',
    { part: 'checks', open: shown.open },
    h('summary', { id: 'all' }, words.say('all', { count: decision.reasons.length })),
    h('ul', {}, ...lines, ...notes),
  );
  details.addEventListener('toggle', () => actions.toggled(details.open));
  return details;
}

const SIGNS: Record<RuleOutcome, Sign> = { pass: 'accept', fail: 'refuse', undetermined: 'review', 'not-applicable': 'note' };

function ruleName(rule: Reason['rule'], words: Words): string {
  return words.has(`rule.${rule}`) ? words.say(`rule.${rule}`) : rule;
}

function moment(at: Date, words: Words): string {
  const tag = words.catalogue.tag === 'en' ? 'en-GB' : words.catalogue.tag;
  const iso = `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
  return `${day(iso, words.catalogue)} ${new Intl.DateTimeFormat(tag, { timeStyle: 'medium' }).format(at)}`;
}
