// The records of a firm: list, search, open, export, erase with undo; and the receipt for the driver.
import { h, download } from './dom.js';
import { chip, facts, pairs, ruleName } from './decision.js';
import { moment, t, words } from './language.js';
import { draw, qr } from './qr.js';
import * as records from './records.js';
import { missing, message } from './shell.js';
import { FIRMS } from './firms.js';

export const final = (record) => (record.override ? chip('accept', t('outcome.overridden')) : chip(record.decision));

const name = (record) => record.payload?.facts['national-name'] ?? record.payload?.facts.name ?? record.payload?.case.name ?? t('records.gone');

/** Returns the list. `refresh` shows it anew. */
export async function journal(firm, refresh) {
  const list = h('ul', { class: 'records' });
  const count = h('p', { class: 'note', role: 'status' });
  const input = h('input', { type: 'search', 'aria-label': t('records.search'), placeholder: t('records.search') });
  const every = await records.list(firm);
  const fill = async () => {
    const found = input.value ? await records.search(firm, input.value) : every;
    list.replaceChildren(...found.map((record) => row(firm, record, refresh)));
    count.textContent = found.length || !every.length ? t('records.of', { count: found.length }) : t('records.none', { text: input.value });
  };
  input.addEventListener('input', fill);
  await fill();
  const stamp = () => new Date().toISOString().slice(0, 10);
  const whole = async () => {
    const wrong = await records.broken(firm);
    message(wrong ? t('records.broken', { number: wrong.sequence + 1 }) : t('records.whole', { count: every.length }));
  };
  return {
    title: t('records.title'),
    content: every.length
      ? [
          h('h1', {}, t('records.title')),
          h(
            'div',
            { class: 'tools' },
            input,
            h('button', { type: 'button', class: 'quiet', id: 'export-json', onclick: async () => download(`${firm}-records-${stamp()}.json`, 'application/json', await records.exportJson(firm)) }, t('records.json')),
            h('button', { type: 'button', class: 'quiet', id: 'export-csv', onclick: async () => download(`${firm}-records-${stamp()}.csv`, 'text/csv', await records.exportCsv(firm)) }, t('records.csv')),
            h('button', { type: 'button', class: 'quiet', id: 'whole', onclick: whole }, t('records.verify')),
          ),
          count,
          list,
        ]
      : [h('h1', {}, t('records.title')), h('div', { class: 'empty' }, h('p', {}, t('records.empty')))],
  };
}

function row(firm, record, refresh) {
  const erase = async () => {
    const gone = await records.erase(record.id);
    await refresh();
    message(t('records.erased'), async () => {
      await records.restore(record.id, gone);
      refresh();
    });
  };
  return h(
    'li',
    { class: 'card record', 'data-record': record.id },
    h('div', {}, h('strong', {}, name(record)), h('p', { class: 'note' }, moment(record.event_time), ' · ', record.reference)),
    final(record),
    h(
      'div',
      { class: 'actions' },
      h('a', { class: 'button quiet', href: `#/record/${record.id}` }, t('records.open')),
      record.payload && h('button', { type: 'button', class: 'quiet', onclick: erase, 'aria-label': `${t('records.erase')}: ${name(record)}` }, t('records.erase')),
    ),
  );
}

/** Returns one record as a receipt, to be printed or scanned. */
export async function receipt(firm, id, extra) {
  const record = await records.open(id);
  if (!record || record.firm !== firm) return missing('#/records');
  // The number, the decision and the hash of the line: nothing of the person.
  const text = JSON.stringify({ record: record.id, at: record.event_time, policy: record.policy.sha256, decision: record.override ? 'accept' : record.decision, sha256: record.hash });
  const code = draw(h('canvas', { role: 'img', 'aria-label': t('receipt.qr'), class: 'qr', 'data-text': text }), qr(text), 3);
  const deciding = record.rules.filter(({ effect }) => effect === 'refuse' || effect === 'review').filter(({ code }, _, all) => code !== 'not-reached' || all.every((one) => one.code === 'not-reached'));
  const rows = [
    [t('record.reference'), record.reference],
    [t('record.time'), moment(record.event_time)],
    [t('record.operator'), record.entity_id],
    [t('record.purpose'), words(record.purpose)],
    [t('record.policy'), `${record.policy.id} ${record.policy.version} · ${record.policy.sha256.slice(0, 8)}`],
    [t('record.until'), moment(record.keep_until)],
  ];
  return {
    title: t('receipt.title'),
    content: [
      h(
        'article',
        { class: 'receipt card' },
        h('header', {}, h('p', { class: 'firm' }, words(FIRMS[firm].name)), h('h1', {}, t('receipt.title')), final(record)),
        extra?.(record),
        pairs(rows),
        record.override && h('div', { class: 'overridden' }, h('h2', {}, t('record.override')), pairs([[t('record.decision'), t(`outcome.${record.decision}`)], [t('override.by'), record.override.by], [t('override.reason'), record.override.reason]])),
        deciding.length > 0 && h('div', {}, h('h2', {}, t('decision.why')), h('ul', {}, deciding.map(({ rule, code }) => h('li', {}, ruleName(rule), ' ', h('code', {}, code))))),
        h('h2', {}, t('record.kept')),
        record.payload ? pairs(facts(record.payload.facts)) : h('p', {}, t('records.gone')),
        h('div', { class: 'proof' }, code, h('div', {}, pairs([[t('record.id'), record.id], [t('record.hash'), record.hash], [t('record.prev'), record.prev ?? '–']]), h('p', { class: 'note' }, t('receipt.text')))),
        h('p', { class: 'note' }, t('receipt.rights'), ' ', words(record.pii_controller)),
      ),
      h('p', { class: 'actions no-print' }, h('button', { type: 'button', id: 'print', onclick: () => print() }, t('print')), h('a', { class: 'button quiet', href: '#/' }, t('back'))),
    ],
  };
}
