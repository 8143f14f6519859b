// A decision on the screen: the answer first, then the reasons, then the codes; the face; and what a person may decide.
import { h, svg, field } from './dom.js';
import { date, has, moment, sentence, t, wayOut } from './language.js';

/** Proofs: while one fails, nobody can accept. */
const PROOFS = ['integrity', 'presenter', 'validity', 'revocation', 'document'];
/** Rules by which the law decides, not the house: a refusal by one of them stands. */
const LAW = ['vehicle', 'novice', 'valid-through', 'status', 'face', 'professional-certificate'];

/** Returns why nobody may accept a decision (`proof` or `law`, and the rules), or undefined if a named person may. */
export function barred(decision) {
  const failed = (among) => decision.reasons.filter(({ rule, outcome, effect }) => among.includes(rule) && outcome === 'fail' && (effect === 'refuse' || among === PROOFS));
  const [proof, law] = [failed(PROOFS), failed(LAW)];
  if (proof.length) return { by: 'proof', rules: proof };
  return law.length ? { by: 'law', rules: law } : undefined;
}

/** Whether the face is still to be compared. */
export const faceOpen = (decision) =>
  decision.compareFace && decision.reasons.some(({ rule, code }) => rule === 'face' && code === 'face-not-compared');

const PATHS = { accept: 'M5 12.5l4.5 4.5L19 7.5', review: 'M12 6v7.5M12 17.2v.1', refuse: 'M7 7l10 10M17 7L7 17' };

export function sign(outcome) {
  return svg('svg', { viewBox: '0 0 24 24', class: 'sign', 'aria-hidden': 'true' }, svg('path', { d: PATHS[outcome] }));
}

export const chip = (outcome, text = t(`outcome.${outcome}`)) => h('span', { class: `chip ${outcome}` }, sign(outcome), text);

export const ruleName = (rule) => (has(`rule.${rule}`) ? t(`rule.${rule}`) : rule);

/** The checks of a reason that say why it decides. */
function telling(reason) {
  const worst = reason.checks.filter(({ code }) => code === reason.code);
  return worst.length ? worst : reason.checks;
}

function why(reason) {
  const lines = telling(reason).map((check) =>
    h(
      'div',
      {},
      h('p', {}, sentence(check.message)),
      wayOut(check.message) && h('p', { class: 'wayout' }, h('strong', {}, t('decision.wayout')), wayOut(check.message)),
    ),
  );
  return h('li', { class: reason.effect, 'data-rule': reason.rule }, h('div', { class: 'why-head' }, chip(reason.effect === 'refuse' ? 'refuse' : 'review', ruleName(reason.rule)), h('code', {}, reason.code)), lines);
}

function line(reason) {
  const outcome = { pass: 'accept', fail: 'refuse', undetermined: 'review' }[reason.outcome];
  const state = reason.effect === 'note' && reason.outcome === 'fail' ? t('value.note') : t(`rule.state.${reason.outcome}`);
  return h(
    'li',
    { class: reason.outcome },
    h('span', { class: 'rule' }, outcome ? sign(reason.effect === 'note' ? 'review' : outcome) : h('span', { class: 'sign', 'aria-hidden': 'true' }, '–'), h('strong', {}, ruleName(reason.rule)), h('span', { class: 'state' }, state)),
    reason.checks.map((check) => h('p', {}, sentence(check.message), ' ', h('code', {}, check.code))),
  );
}

/** The facts of a decision as pairs of name and text. */
export function facts(shown) {
  if (!shown) return [];
  const pairs = [];
  const add = (name, text) => text !== undefined && text !== null && text !== '' && pairs.push([t(`fact.${name}`), String(text)]);
  add('national-name', shown['national-name']);
  add('name', shown.name);
  add('number-last4', shown['number-last4']);
  add('birth-year', shown['birth-year']);
  add('birth-date', shown['birth-date'] && date(shown['birth-date']));
  if (shown.age) {
    const over = Object.entries(shown.age.over ?? {}).map(([years, yes]) => `${yes ? '≥' : '<'} ${years}`);
    add('age', shown.age.years ?? over.join(' · '));
  }
  add('privileges', shown.privileges?.classes?.known.map((one) => one.class).join(' · ') ?? (shown.privileges?.domestic ?? shown.privileges?.iso)?.map(({ code }) => code).join(' · '));
  add('points', shown.points?.incurred);
  add('status-letters', shown['status-letters']?.letters.known?.join(''));
  add('expiry-date', shown['long-term'] ? t('fact.long-term') : shown['expiry-date'] && date(shown['expiry-date']));
  add('novice-until', shown['novice-until']?.car && date(shown['novice-until'].car));
  return pairs;
}

export const pairs = (list) => h('dl', { class: 'pairs' }, list.map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text))));

/**
 * Returns the panel. `words(outcome)` is the sentence of the firm, `extra` what it shows below the band, `compare(answer)` is
 * called with the face, `done(override)` when it is to be recorded, `again` to scan once more.
 */
export function panel({ decision, operator, words, extra, compare, done, again }) {
  const open = faceOpen(decision);
  const outcome = open && decision.deciding.every(({ rule }) => rule === 'face') ? 'review' : decision.outcome;
  const heading = open && outcome === 'review' ? t('face.title') : words(outcome);
  const band = h(
    'div',
    { class: `band ${outcome}`, role: 'status', 'data-outcome': decision.outcome },
    sign(outcome),
    h('div', {}, h('h2', { tabindex: '-1' }, heading), h('p', {}, t(`outcome.${outcome}`), ' · ', sentence(decision.headline))),
  );
  const deciding = decision.deciding.filter(({ rule }) => !(open && rule === 'face'));
  const rows = facts(decision.facts);
  return h(
    'section',
    { class: 'decision', 'aria-label': t('record.decision') },
    band,
    compare && decision.compareFace && decision.portrait && face(decision, open, compare),
    extra,
    deciding.length
      ? h('div', { class: 'card' }, h('h3', {}, t('decision.why')), h('ul', { class: 'why' }, deciding.map(why)))
      : !open && h('p', { class: 'clear' }, t('decision.clear')),
    !open && actions(decision, operator, done, again),
    h(
      'details',
      { class: 'card every' },
      h('summary', {}, t('decision.all', { count: decision.reasons.length })),
      h('ul', { class: 'rules' }, decision.reasons.map(line)),
    ),
    h(
      'details',
      { class: 'card' },
      h('summary', {}, t('decision.shown')),
      rows.length ? pairs(rows) : h('p', {}, t('decision.nothing')),
      h('p', { class: 'note' }, moment(decision.at), decision.issuer ? ` · ${decision.issuer.name}` : ''),
      h('ul', { class: 'notes' }, decision.notes.map((note) => h('li', {}, sentence(note)))),
    ),
  );
}

function face(decision, open, compare) {
  const url = URL.createObjectURL(new Blob([decision.portrait], { type: 'image/jpeg' }));
  const said = decision.reasons.find(({ rule }) => rule === 'face');
  const portrait = h('img', { src: url, alt: t('face.alt'), width: 120, height: 174, onload: () => URL.revokeObjectURL(url) });
  const answer = (value) => h('button', { type: 'button', class: value === 'same' ? '' : 'quiet', 'data-face': value, onclick: () => compare(value) }, t(`face.${value}`));
  return h(
    'div',
    { class: 'face card' },
    portrait,
    h(
      'div',
      {},
      h('h3', {}, t('face.title')),
      h('p', { class: 'who' }, decision.facts?.['national-name'] ?? decision.facts?.name ?? ''),
      open
        ? [h('p', {}, t('face.text')), h('div', { class: 'actions' }, ['same', 'not-sure', 'different'].map(answer)), h('p', { class: 'note' }, t('face.help'))]
        : h('p', {}, said.checks.map(({ message }) => sentence(message)).join(' ')),
    ),
  );
}

function actions(decision, operator, done, again) {
  const rescan = h('button', { type: 'button', class: 'quiet', onclick: again }, t('check.rescan'));
  const keeps = h('p', { class: 'note' }, t('record.keeps'));
  if (decision.outcome === 'accept') {
    return h('div', { class: 'card next' }, h('div', { class: 'actions' }, h('button', { type: 'button', id: 'record', onclick: () => done() }, t('record.make')), rescan), keeps);
  }
  const bar = barred(decision);
  if (bar) {
    const rules = bar.rules.map(({ rule }) => ruleName(rule)).join(' · ');
    return h(
      'div',
      { class: 'card next' },
      h('p', { id: 'barred' }, t(`override.never.${bar.by}`, { rules })),
      h('div', { class: 'actions' }, h('button', { type: 'button', id: 'record', onclick: () => done() }, t('record.make')), rescan),
      keeps,
    );
  }
  const by = h('input', { name: 'by', value: operator, required: true, maxlength: 60, autocomplete: 'name' });
  const reason = h('textarea', { name: 'reason', rows: 2, required: true, minlength: 4, maxlength: 200 });
  const submit = (event) => {
    event.preventDefault();
    done({ by: by.value.trim(), reason: reason.value.trim(), decision: 'accept' });
  };
  return h(
    'form',
    { class: 'card next override', onsubmit: submit, 'aria-label': t('override.title') },
    h('h3', {}, t('override.title')),
    h('p', {}, t('override.text')),
    h('div', { class: 'fields' }, field(t('override.by'), by), field(t('override.reason'), reason, t('override.reason.note'))),
    h(
      'div',
      { class: 'actions' },
      h('button', { id: 'override' }, t('override.accept')),
      h('button', { type: 'button', class: 'quiet', id: 'decline', onclick: () => done() }, t('override.decline')),
      rescan,
    ),
    keeps,
  );
}
