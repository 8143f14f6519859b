// The desk of the rental firm: bookings, the check at the counter, receipts, records.
import { h } from '../js/dom.js';
import { addTexts, date, t, vehicle, words } from '../js/language.js';
import { message, missing, start } from '../js/shell.js';
import { caseOf, cases, drop, renew, save } from '../js/cases.js';
import { counter } from '../js/check.js';
import { today, inDays } from '../js/days.js';
import { chip } from '../js/decision.js';
import { editor } from '../js/editor.js';
import { FIRMS } from '../js/firms.js';
import { journal, receipt } from '../js/journal.js';
import { policy } from '../js/policies.js';
import * as records from '../js/records.js';
import { logo, outline } from './look.js';
import { TEXTS } from './texts.js';

addTexts(TEXTS);

const FIRM = 'rental';
const VEHICLES = ['car', 'car-automatic', 'motorhome', 'lorry', 'bus', 'motorcycle'];
const SECTIONS = [['/rental/#/', 'nav.bookings'], ['/rental/#/records', 'nav.records'], ['/rental/settings/', 'nav.settings']];

/** Which policy decides about a booking. */
function policyOf({ vehicle: of, trailer }) {
  const ready = { motorhome: 'rental-motorhome', lorry: 'freight', bus: 'passenger' };
  return ready[of] ?? (trailer ? 'rental-trailer' : 'rental-car');
}

const carName = ({ car, vehicle: of, trailer }) => (car ? t(`car.${car}`) : vehicle(of)) + (trailer && car !== 'pickup' ? ` · ${t(`trailer.${trailer}`)}` : '');
const days = ({ from, until }) => (from === until ? date(from) : t('list.days', { from: date(from), until: date(until) }));

async function list() {
  const bookings = await cases('bookings');
  const groups = [
    ['list.today', bookings.filter((one) => !one.done && one.from === today())],
    ['list.later', bookings.filter((one) => !one.done && one.from > today())],
    ['list.earlier', bookings.filter((one) => !one.done && one.from < today())],
    ['list.done', bookings.filter((one) => one.done)],
  ];
  const renewed = async () => {
    const before = await cases('bookings');
    await renew('bookings');
    await page.refresh();
    message(t('list.renewed'), async () => {
      for (const { id } of await cases('bookings')) await drop('bookings', id);
      for (const one of before) await save('bookings', one);
      page.refresh();
    });
  };
  return {
    title: t('nav.bookings'),
    content: [
      h(
        'div',
        { class: 'hero' },
        h('div', {}, h('h1', {}, t('list.title')), h('p', {}, t('list.greeting', { date: date(today()), count: groups[0][1].length }))),
        h('a', { class: 'button', href: '#/new', id: 'new' }, `＋ ${t('list.new')}`),
      ),
      bookings.length === 0 && h('div', { class: 'empty' }, h('p', {}, t('list.empty'))),
      groups.filter(([, some]) => some.length).map(([key, some]) => h('section', {}, h('h2', { class: 'group' }, t(key)), h('ul', { class: 'bookings' }, some.map(booking)))),
      h('p', { class: 'foot' }, h('button', { type: 'button', class: 'link', onclick: renewed }, t('list.renew'))),
    ],
  };
}

function booking(one) {
  const erase = async () => {
    await drop('bookings', one.id);
    await page.refresh(true);
    message(t('list.deleted', { name: one.name }), async () => {
      await save('bookings', one);
      page.refresh();
    });
  };
  const named = (text) => `${text}: ${one.name}, ${one.number}`;
  return h(
    'li',
    { class: 'card booking', 'data-booking': one.number },
    h('div', { class: 'car' }, outline(one.car), h('div', {}, h('strong', {}, carName(one)), h('p', { class: 'note' }, one.number))),
    h('div', { class: 'driver' }, h('strong', {}, one.name), one.number_end && h('p', { class: 'note' }, t('list.ending', { end: one.number_end }))),
    h('p', { class: 'days' }, days(one)),
    h(
      'div',
      { class: 'actions' },
      one.done
        ? [chip(one.done.override ? 'accept' : one.done.outcome, one.done.override ? t('outcome.overridden') : undefined), h('a', { class: 'button quiet', href: `#/record/${one.done.record}` }, t('records.open'))]
        : h('a', { class: 'button', href: `#/check/${one.id}`, 'aria-label': named(t('check.start')) }, t('check.start')),
      h('a', { class: 'button quiet', href: `#/edit/${one.id}`, 'aria-label': named(t('edit')) }, t('edit')),
      h('button', { type: 'button', class: 'quiet', onclick: erase, 'aria-label': named(t('delete')) }, t('delete')),
    ),
  );
}

async function edit(id) {
  const values = id ? (await cases('bookings')).find((one) => one.id === id) : { from: today(), until: inDays(2) };
  if (!values) return missing('#/');
  const title = t(id ? 'edit.title' : 'edit.new');
  const keep = async (changed) => {
    const made = id ? {} : { id: crypto.randomUUID(), number: `YC-${String(Date.now()).slice(-6)}` };
    // Another vehicle is another car of the fleet, and another question: an earlier answer does not hold for it.
    const car = changed.vehicle === values.vehicle && changed.trailer === values.trailer ? values.car : undefined;
    await save('bookings', { ...changed, ...made, car, done: undefined });
    location.hash = '#/';
  };
  return { title, content: [h('h1', {}, title), editor({ values, vehicles: VEHICLES, trailer: true, save: keep, back: '#/' })] };
}

async function check(id) {
  const one = (await cases('bookings')).find((some) => some.id === id);
  if (!one) return missing('#/');
  const decides = await policy(FIRM, policyOf(one));
  const operator = words(FIRMS[FIRM].operator);
  const done = async ({ decision, case: of, override, verifier }) => {
    const record = await records.add({ firm: FIRM, reference: one.number, operator, place: words(FIRMS[FIRM].name), decision, verifier, case: of, override });
    await save('bookings', { ...one, done: { record: record.id, outcome: decision.outcome, override: Boolean(override) } });
    location.hash = `#/record/${record.id}`;
  };
  const parts = await counter({ policy: decides, of: caseOf(one), person: one.person, operator, words: (outcome) => t(`words.${outcome}`), done });
  return {
    title: t('check.title', { name: one.name }),
    content: [
      h('p', { class: 'crumb' }, h('a', { href: '#/' }, `‹ ${t('nav.bookings')}`)),
      h(
        'div',
        { class: 'counter' },
        h(
          'aside',
          { class: 'case card' },
          outline(one.car),
          h('h1', {}, t('check.title', { name: one.name })),
          h('p', {}, carName(one)),
          h('p', {}, days(one)),
          h('p', { class: 'note' }, one.number, one.number_end && ` · ${t('list.ending', { end: one.number_end })}`),
          h('p', { class: 'note policy' }, t('record.policy'), ' ', h('code', {}, decides.id)),
        ),
        h('div', { class: 'work' }, parts),
      ),
    ],
  };
}

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
        return receipt(FIRM, id);
      case 'records':
        return journal(FIRM, () => page.refresh());
      default:
        return list();
    }
  },
});
