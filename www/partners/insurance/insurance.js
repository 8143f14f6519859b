// The agent's desk: proposals, the licence, the price with the rules that moved it, records.
import { h } from '../js/dom.js';
import { addTexts, date, t, vehicle, words, yuan } from '../js/language.js';
import { message, missing, start } from '../js/shell.js';
import { caseOf, cases, drop, renew, save } from '../js/cases.js';
import { counter } from '../js/check.js';
import { inDays } from '../js/days.js';
import { chip } from '../js/decision.js';
import { editor } from '../js/editor.js';
import { FIRMS } from '../js/firms.js';
import { journal, receipt } from '../js/journal.js';
import { policy } from '../js/policies.js';
import { premium } from '../js/premium.js';
import * as records from '../js/records.js';
import { SECTIONS, logo } from './look.js';
import { price } from './price.js';
import { TEXTS } from './texts.js';

addTexts(TEXTS);

const FIRM = 'insurance';
const VEHICLES = ['car', 'car-automatic', 'motorhome', 'motorcycle'];

const days = ({ from, until }) => t('list.days', { from: date(from), until: date(until) });

async function list() {
  const proposals = await cases('proposals');
  const renewed = async () => {
    const before = await cases('proposals');
    await renew('proposals');
    await page.refresh();
    message(t('list.renewed'), async () => {
      for (const { id } of await cases('proposals')) await drop('proposals', id);
      for (const one of before) await save('proposals', one);
      page.refresh();
    });
  };
  const columns = ['number', 'holder', 'vehicle', 'from', 'state', 'do'];
  return {
    title: t('list.title'),
    content: [
      h('div', { class: 'lead' }, h('div', {}, h('h1', {}, t('list.title')), h('p', {}, t('list.lead'))), h('a', { class: 'button', href: '#/new', id: 'new' }, t('list.new'))),
      proposals.length === 0
        ? h('div', { class: 'empty' }, h('p', {}, t('list.empty')))
        : h('table', { class: 'ledger' }, h('thead', {}, h('tr', {}, columns.map((one) => h('th', { scope: 'col' }, t(`list.col.${one}`))))), h('tbody', {}, proposals.map(proposal))),
      h('p', {}, h('button', { type: 'button', class: 'link', onclick: renewed }, t('list.renew'))),
    ],
  };
}

function state({ done }) {
  if (!done) return h('span', { class: 'note' }, t('list.open'));
  const outcome = done.override ? 'accept' : done.outcome;
  return h('div', { class: 'state' }, chip(outcome, done.override ? t('outcome.overridden') : undefined), done.premium && h('p', { class: 'note' }, t('list.priced', { band: done.premium.band, price: yuan(done.premium.price) })));
}

function proposal(one) {
  const erase = async () => {
    await drop('proposals', one.id);
    await page.refresh(true);
    message(t('list.deleted', { name: one.name }), async () => {
      await save('proposals', one);
      page.refresh();
    });
  };
  const named = (text) => `${text}: ${one.name}, ${one.number}`;
  const cell = (key, ...content) => h('td', { 'data-label': t(`list.col.${key}`) }, h('div', {}, ...content));
  return h(
    'tr',
    { 'data-proposal': one.number },
    cell('number', one.number),
    cell('holder', h('strong', {}, one.name), one.number_end && h('p', { class: 'note' }, `… ${one.number_end}`)),
    cell('vehicle', vehicle(one.vehicle)),
    cell('from', days(one)),
    cell('state', state(one)),
    h(
      'td',
      {},
      h(
        'div',
        { class: 'actions' },
        one.done
          ? h('a', { class: 'button quiet', href: `#/record/${one.done.record}`, 'aria-label': named(t('records.open')) }, t('records.open'))
          : h('a', { class: 'button', href: `#/check/${one.id}`, 'aria-label': named(t('check.start')) }, t('check.start')),
        h('a', { class: 'button quiet', href: `#/edit/${one.id}`, 'aria-label': named(t('edit')) }, t('edit')),
        h('button', { type: 'button', class: 'quiet', onclick: erase, 'aria-label': named(t('delete')) }, t('delete')),
      ),
    ),
  );
}

async function edit(id) {
  const values = id ? (await cases('proposals')).find((one) => one.id === id) : { from: inDays(1), until: inDays(0, 12) };
  if (!values) return missing('#/');
  const title = t(id ? 'edit.title' : 'edit.new');
  const keep = async (changed) => {
    const made = id ? {} : { id: crypto.randomUUID(), number: `AL-${String(Date.now()).slice(-6)}` };
    await save('proposals', { ...changed, ...made, done: undefined });
    location.hash = '#/';
  };
  return { title, content: [h('h1', {}, title), editor({ values, vehicles: VEHICLES, save: keep, back: '#/' })] };
}

async function check(id) {
  const one = (await cases('proposals')).find((some) => some.id === id);
  if (!one) return missing('#/');
  const decides = await policy(FIRM, 'insurance-proposal');
  const operator = words(FIRMS[FIRM].operator);
  const done = async ({ decision, case: of, override, verifier }) => {
    const found = decision.outcome === 'accept' || override ? premium(decision) : undefined;
    const record = await records.add({ firm: FIRM, reference: one.number, operator, place: words(FIRMS[FIRM].name), decision, verifier, case: of, override, premium: found });
    await save('proposals', { ...one, done: { record: record.id, outcome: decision.outcome, override: Boolean(override), premium: found && { band: found.band, price: found.price } } });
    location.hash = `#/record/${record.id}`;
  };
  const parts = await counter({
    policy: decides,
    of: caseOf(one),
    person: one.person,
    operator,
    words: (outcome) => t(`words.${outcome}`),
    extra: (decision) => price(premium(decision), decision.outcome),
    done,
  });
  return {
    title: t('check.title', { name: one.name }),
    content: [
      h('p', { class: 'crumb' }, h('a', { href: '#/' }, `‹ ${t('nav.proposals')}`)),
      h(
        'div',
        { class: 'counter' },
        h('aside', { class: 'case card' }, h('p', { class: 'note' }, one.number), h('h1', {}, one.name), h('p', {}, vehicle(one.vehicle)), h('p', {}, days(one)), one.number_end && h('p', { class: 'note' }, `${t('edit.number')}: ${one.number_end}`), h('p', { class: 'note' }, t('record.policy'), ' ', h('code', {}, decides.id))),
        h('div', { class: 'work' }, parts),
      ),
    ],
  };
}

const priced = ({ premium: found }) => found && h('p', { class: 'amount' }, t('list.priced', { band: found.band, price: yuan(found.price) }), h('small', {}, ` ${t('premium.year')}`));

const page = start({
  firm: FIRM,
  sections: SECTIONS,
  logo,
  view: ([name, id]) => {
    switch (name) {
      case 'new':
        return edit();
      case 'edit':
        return edit(id);
      case 'check':
        return check(id);
      case 'record':
        return receipt(FIRM, id, priced);
      case 'records':
        return journal(FIRM, () => page.refresh());
      default:
        return list();
    }
  },
});
