// The records of a firm: list, search, open, export, erase with undo; and the receipt for the driver.
import { h, download } from './dom.js';
import { chip, facts, pairs, ruleName } from './decision.js';
import { moment, t, words } from './language.js';
import { draw, qr } from './qr.js';
import * as records from './records.js';
import { missing, message } from './shell.js';
import { FIRMS } from './firms.js';

/** What a person decided in a record, if one did. */
const overriddenOf = ({ written }) => written.override;

export const final = (record) => (overriddenOf(record) ? chip('accept', t('outcome.overridden')) : chip(record.written.decision));

const name = ({ personal }) => personal?.facts['national-name'] ?? personal?.facts.name ?? t(personal ? 'records.unnamed' : 'records.gone');

/** Returns the list. `refresh` shows it anew. */
export async function journal(firm, refresh) {
  await records.eraseDue(firm);
  const list = h('ul', { class: 'records' });
  const count = h('p', { class: 'note', role: 'status' });
  const input = h('input', { type: 'search', 'aria-label': t('records.search'), placeholder: t('records.search') });
  const every = await records.list(firm);
  const fill = async () => {
    const found = input.value.trim() ? await records.search(firm, input.value.trim()) : every;
    list.replaceChildren(...found.map((record) => row(record, refresh)));
    count.textContent = found.length || !every.length ? t('records.of', { count: found.length }) : t('records.none', { text: input.value });
  };
  input.addEventListener('input', fill);
  await fill();
  const save = (extension, type, of) => async () => download(`${firm}-records-${new Date().toISOString().slice(0, 10)}.${extension}`, type, await of(firm));
  const whole = async () => {
    const [first] = await records.findings(firm);
    message(first ? t('records.broken', { number: first.line ?? '–', code: first.code }) : t('records.whole', { count: every.length }));
  };
  const tool = (id, onclick, text) => h('button', { type: 'button', class: 'quiet', id, onclick }, text);
  return {
    title: t('records.title'),
    content: every.length
      ? [
          h('h1', {}, t('records.title')),
          h(
            'div',
            { class: 'tools' },
            input,
            tool('export-json', save('jsonl', 'application/jsonl', records.exportJson), t('records.json')),
            tool('export-csv', save('csv', 'text/csv', records.exportCsv), t('records.csv')),
            tool('whole', whole, t('records.verify')),
          ),
          count,
          list,
        ]
      : [h('h1', {}, t('records.title')), h('div', { class: 'empty' }, h('p', {}, t('records.empty')))],
  };
}

function row(record, refresh) {
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
    h('div', {}, h('strong', {}, name(record)), h('p', { class: 'note' }, moment(record.written.event_time), ' · ', record.reference)),
    final(record),
    h(
      'div',
      { class: 'actions' },
      h('a', { class: 'button quiet', href: `#/record/${record.id}`, 'aria-label': `${t('records.open')}: ${name(record)}, ${record.reference}` }, t('records.open')),
      record.personal && h('button', { type: 'button', class: 'quiet', onclick: erase, 'aria-label': `${t('records.erase')}: ${name(record)}, ${record.reference}` }, t('records.erase')),
    ),
  );
}

/** Returns one record as a receipt, to be printed or scanned. */
export async function receipt(firm, id, extra) {
  const record = await records.open(id);
  if (!record || record.firm !== firm) return missing('#/records');
  const { written, personal, about } = record;
  const overridden = overriddenOf(record);
  const { receipt: proof, publicKey } = await records.receiptOf(id);
  const code = draw(h('canvas', { role: 'img', 'aria-label': t('receipt.qr'), class: 'qr', 'data-text': proof }), qr(proof), 6);
  const reasons = written.rules.filter(({ effect }) => effect === 'refuse' || effect === 'review');
  const reached = reasons.filter(({ code }) => code !== 'not-reached');
  const deciding = reached.length ? reached : reasons;
  return {
    title: t('receipt.title'),
    content: [
      h(
        'article',
        { class: 'receipt card' },
        h('header', {}, h('p', { class: 'firm' }, words(FIRMS[firm].name)), h('h1', {}, t('receipt.title')), final(record)),
        extra?.(record),
        pairs([
          [t('record.reference'), record.reference],
          [t('record.time'), moment(written.event_time)],
          [t('record.operator'), written.entity_id],
          [t('record.purpose'), words(about.purpose)],
          [t('record.policy'), `${written.policy.id} ${written.policy.version} · ${written.policy.sha256.slice(0, 8)}`],
          ...(personal && written.keep_until ? [[t('record.until'), moment(written.keep_until)]] : []),
        ]),
        overridden &&
          h('section', {}, h('h2', {}, t('record.override')), pairs([[t('record.rules-said'), t(`outcome.${written.decision}`)], [t('record.overridden-by'), overridden.by], [t('override.reason'), overridden.reason]])),
        deciding.length > 0 && h('section', {}, h('h2', {}, t('decision.why')), h('ul', {}, deciding.map(({ rule, code }) => h('li', {}, ruleName(rule), ' ', h('code', {}, code))))),
        h('section', {}, h('h2', {}, t('record.kept')), personal ? pairs(facts(personal.facts)) : h('p', {}, t('records.gone'))),
        h(
          'div',
          { class: 'proof' },
          code,
          h('div', {}, h('p', {}, t('receipt.text')), pairs([[t('record.id'), record.id], [t('record.line'), String(record.index + 1)], [t('record.key'), publicKey]])),
        ),
        h('p', { class: 'note' }, t('receipt.rights'), ' ', words(about.pii_controller)),
      ),
      h('p', { class: 'actions no-print' }, h('button', { type: 'button', id: 'print', onclick: () => print() }, t('print')), h('a', { class: 'button quiet', href: '#/' }, t('back'))),
    ],
  };
}
