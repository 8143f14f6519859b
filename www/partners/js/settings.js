// The settings of a firm: its policy in a form made from the schema, tried on the demo people, exported, imported and reset.
import { h, download, field, select } from './dom.js';
import { property, resolve } from './form.js';
import { catalogue, t, words } from './language.js';
import { OF_FIRM, forget, isChanged, keep, policy, ready } from './policies.js';
import { chip, ruleName } from './decision.js';
import { inDays } from './days.js';
import { message, problem, start } from './shell.js';
import { holder, verifierFor } from './trust.js';
import { memoryStore } from '/vendor/liangzheng/index.js';

const FILE_MAX = 64 * 1024;

/** Starts the page. `of` has the case of each policy, on which the demo people are tried. */
export function settings({ firm, logo, sections, of }) {
  let chosen = OF_FIRM[firm][0];
  let draft;

  const page = start({
    firm,
    logo,
    sections,
    view: async () => {
      const response = await fetch('/vendor/liangzheng/policy.schema.json');
      const [schema, inForce] = [await response.json(), await policy(firm, chosen)];
      draft ??= structuredClone(inForce);
      return { title: t('settings.title'), content: await screen(schema, inForce) };
    },
  });

  addEventListener('beforeunload', (event) => {
    if (document.querySelector('[data-unsaved]')) event.preventDefault();
  });

  const show = (changed) => {
    draft = changed;
    // What would be typed into the form of before is lost.
    document.querySelector('.settings')?.replaceChildren(h('p', { class: 'note', role: 'status' }, t('loading')));
    return page.refresh();
  };

  async function screen(schema, inForce) {
    const names = await Promise.all(OF_FIRM[firm].map(async (name) => [name, `${words((await ready(firm, name)).purpose)} (${name})${(await isChanged(firm, name)) ? ` · ${t('settings.changed')}` : ''}`]));
    const picker = select(names, chosen, { id: 'policy' });
    picker.addEventListener('change', () => {
      chosen = picker.value;
      show(undefined);
    });
    const said = h('div', { class: 'verdict-line', role: 'status', id: 'said' });
    const save = h('button', { type: 'button', id: 'save', onclick: () => saved() }, t('save'));
    const table = h('div', { id: 'outcomes' });
    let run = 0;
    const changed = async () => {
      const mine = ++run;
      const same = JSON.stringify(draft) === JSON.stringify(inForce);
      said.toggleAttribute('data-unsaved', !same);
      try {
        const verifier = await verifierFor(structuredClone(draft));
        if (mine !== run) return;
        said.classList.remove('bad');
        said.replaceChildren(h('p', {}, same ? t('settings.same') : t('settings.good', { hash: `${verifier.policySha256.slice(0, 8)}…` })), same ? '' : h('p', { class: 'note' }, t('settings.unsaved')));
        save.disabled = same;
        const rows = await tried(of[chosen], inForce, draft);
        if (mine === run) table.replaceChildren(outcomes(rows));
      } catch (error) {
        if (mine !== run) return;
        said.classList.add('bad');
        said.replaceChildren(h('p', {}, t('settings.bad'), refusalText(error)), h('p', { class: 'note' }, h('code', {}, error.code ?? error.name)));
        save.disabled = true;
        table.replaceChildren();
      }
    };
    const saved = async () => {
      const before = (await isChanged(firm, chosen)) ? inForce : undefined;
      await keep(firm, chosen, draft);
      await show(undefined);
      message(t('settings.saved'), async () => {
        await (before ? keep(firm, chosen, before) : forget(firm, chosen));
        show(undefined);
      });
    };
    const reset = async () => {
      const before = (await isChanged(firm, chosen)) ? inForce : undefined;
      const unsaved = draft;
      await forget(firm, chosen);
      await show(undefined);
      message(t('settings.was-reset'), async () => {
        if (before) await keep(firm, chosen, before);
        show(unsaved);
      });
    };
    const file = h('input', { type: 'file', accept: '.json,application/json', hidden: true, id: 'file', 'aria-label': t('settings.import') });
    const notice = h('div', { role: 'alert', id: 'import-result' });
    file.addEventListener('change', async () => {
      try {
        const read = await imported(file.files[0]);
        await show(read);
        message(t('settings.imported'));
      } catch (error) {
        notice.replaceChildren(h('div', { class: 'problem' }, h('p', {}, h('strong', {}, t('settings.bad-file'))), h('p', {}, refusalText(error)), h('p', {}, h('code', {}, error.code ?? 'policy-json'))));
      }
      file.value = '';
    });
    changed();
    return [
      h('div', {}, h('h1', {}, t('settings.title')), h('p', { class: 'note' }, t('settings.text'))),
      h('div', { class: 'policy-picker' }, field(t('settings.policy'), picker)),
      h(
        'div',
        { class: 'settings' },
        h('div', { class: 'items' }, rules(schema, changed), facts(schema, changed), basics(schema, changed)),
        h(
          'section',
          { class: 'card try', 'aria-label': t('settings.try') },
          said,
          h(
            'div',
            { class: 'actions' },
            save,
            h('button', { type: 'button', class: 'quiet', id: 'export', onclick: () => download(`${draft.id || 'policy'}.json`, 'application/json', `${JSON.stringify(draft, null, 2)}\n`) }, t('settings.export')),
            h('button', { type: 'button', class: 'quiet', id: 'import', onclick: () => file.click() }, t('settings.import')),
            h('button', { type: 'button', class: 'quiet', id: 'reset', onclick: reset }, t('settings.reset')),
            file,
          ),
          notice,
          h('h2', {}, t('settings.try')),
          h('p', { class: 'note' }, t('settings.try.text')),
          table,
        ),
      ),
    ];
  }

  function basics(schema, changed) {
    const simple = Object.entries(schema.properties).filter(([name]) => !['$schema', 'facts', 'rules'].includes(name));
    const isWords = (node) => Boolean(resolve(schema, node).properties?.['zh-CN']);
    const one = ([name, node]) => property({ schema, node, name, value: draft, required: schema.required.includes(name), changed });
    return h(
      'details',
      { class: 'card part' },
      h('summary', {}, t('settings.basics')),
      h('div', { class: 'fields' }, simple.filter(([, node]) => !isWords(node)).map(one)),
      simple.filter(([, node]) => isWords(node)).map(one),
    );
  }

  /** A list of cards, each of which can be moved and removed. */
  function cards({ items, titleOf, bodyOf, kind, changed, refill }) {
    return items.map((item, at) => {
      const name = titleOf(item);
      const remove = () => {
        items.splice(at, 1);
        refill();
        changed();
        message(t('settings.removed', { name }), () => {
          items.splice(at, 0, item);
          refill();
          changed();
        });
      };
      const up = () => {
        items.splice(at - 1, 0, ...items.splice(at, 1));
        refill().querySelectorAll('.item')[at - 1].querySelector('button').focus();
        changed();
      };
      return h(
        'div',
        { class: 'item', 'data-item': item.fact ?? item.rule?.name ?? '', role: 'group', 'aria-label': name },
        h(
          'div',
          { class: 'item-head' },
          h('strong', {}, name),
          kind === 'rule' && h('button', { type: 'button', class: 'quiet', 'aria-label': t('settings.up', { name }), disabled: at === 0, onclick: up }, '↑'),
          h('button', { type: 'button', class: 'quiet', 'aria-label': t('settings.remove', { name }), onclick: remove }, '×'),
        ),
        bodyOf(item),
      );
    });
  }

  function rules(schema, changed) {
    const kinds = resolve(schema, { $ref: '#/$defs/Rule' }).oneOf;
    const line = resolve(schema, { $ref: '#/$defs/RuleLine' });
    const nameOf = (kind) => kind.properties.name.const;
    const list = h('div', { class: 'items' });
    const refill = () => {
      const bodyOf = (item) => {
        const kind = kinds.find((one) => nameOf(one) === item.rule.name);
        const own = Object.entries(kind?.properties ?? {}).filter(([name]) => name !== 'name');
        const effects = Object.entries(line.properties).filter(([name]) => name !== 'rule');
        return h(
          'div',
          { class: 'fields' },
          own.map(([name, node]) => property({ schema, node, name, value: item.rule, required: kind.required.includes(name), changed })),
          effects.map(([name, node]) => property({ schema, node, name, value: item, required: false, changed })),
        );
      };
      const free = kinds.map(nameOf).filter((name) => !draft.rules.some(({ rule }) => rule.name === name));
      const more = select([['', t('settings.choose')], ...free.map((name) => [name, ruleName(name)])], '', { id: 'add-rule' });
      more.addEventListener('change', () => {
        draft.rules.push({ rule: fresh(schema, kinds.find((one) => nameOf(one) === more.value)) });
        refill();
        changed();
        list.querySelectorAll('.item').item(draft.rules.length - 1).querySelector('input, select, button').focus();
      });
      list.replaceChildren(...cards({ items: draft.rules, titleOf: ({ rule }) => ruleName(rule.name), bodyOf, kind: 'rule', changed, refill }), field(t('settings.add-rule'), more));
      return list;
    };
    refill();
    return h('details', { class: 'card part', open: true }, h('summary', {}, t('settings.rules')), list);
  }

  function facts(schema, changed) {
    const asked = resolve(schema, { $ref: '#/$defs/AskedFact' });
    const list = h('div', { class: 'items' });
    const refill = () => {
      const bodyOf = (item) =>
        h(
          'div',
          { class: 'items' },
          h('div', { class: 'fields' }, ['intent_to_retain', 'optional'].map((name) => property({ schema, node: asked.properties[name], name, value: item, required: asked.required.includes(name), changed }))),
          h('details', { open: Boolean(item.shown) }, h('summary', {}, t('settings.why')), property({ schema, node: asked.properties.shown, name: 'shown', value: item, required: false, changed })),
        );
      const free = asked.properties.fact.enum.filter((name) => !draft.facts.some(({ fact }) => fact === name));
      const more = select([['', t('settings.choose')], ...free.map((name) => [name, t(`fact.${name}`)])], '', { id: 'add-fact' });
      more.addEventListener('change', () => {
        draft.facts.push({ fact: more.value, intent_to_retain: false });
        refill();
        changed();
        list.querySelectorAll('.item').item(draft.facts.length - 1).querySelector('input').focus();
      });
      list.replaceChildren(...cards({ items: draft.facts, titleOf: ({ fact }) => t(`fact.${fact}`), bodyOf, kind: 'fact', changed, refill }), field(t('settings.add-fact'), more));
      return list;
    };
    refill();
    return h('details', { class: 'card part' }, h('summary', {}, t('settings.facts')), list);
  }
}

/** A rule with the first choice of whatever it needs. */
function fresh(schema, kind) {
  const first = (node) => {
    const of = resolve(schema, node);
    if (of.oneOf) return of.oneOf[0].const;
    if (of.type === 'array') return [{ from: 0, to: 11 }];
    return of.type === 'boolean' ? true : 1;
  };
  const needed = kind.required.filter((name) => name !== 'name').map((name) => [name, first(kind.properties[name])]);
  return Object.fromEntries([['name', kind.properties.name.const], ...needed]);
}

/** Reads a file, and returns its policy if the package accepts it. */
async function imported(file) {
  if (file.size > FILE_MAX) throw Object.assign(new Error(), { code: 'policy-size' });
  let read;
  try {
    read = JSON.parse(await file.text());
  } catch (error) {
    throw Object.assign(new Error(), { code: 'policy-json', detail: error.message });
  }
  return (await verifierFor(read)).policy;
}

/** What the package says of a policy that it refuses, and what to do. */
function refusalText(error) {
  const { texts } = catalogue();
  const plain = (key) => (texts[key] ?? '').replace(/\s*[:：]?\s*\{[a-z_]+\}/g, ' …');
  return [plain(`code.${error.code}`), plain(`code.${error.code}.next`)].filter(Boolean).join(' ') || t('problem.text');
}

/** Returns what both policies decide about each person. */
async function tried(of, before, after) {
  const demo = await holder();
  const [one, other] = await Promise.all([verifierFor(before), verifierFor(structuredClone(after))]);
  const known = { ...of, from: inDays(0), until: inDays(3), face: 'same' };
  const decide = async (verifier, person) => {
    const payload = demo.present(person.id, verifier.policy);
    const first = await verifier.check(payload, { case: known, seen: memoryStore() });
    return first.with({ ...known, name: person.name, number_end: first.facts?.['number-last4'] });
  };
  return Promise.all(demo.people().map(async (person) => ({ person, before: await decide(one, person), after: await decide(other, person) })));
}

function outcomes(rows) {
  const cell = (decision) => h('td', {}, chip(decision.outcome), decision.deciding.slice(0, 3).map(({ code }) => h('code', {}, code)));
  const differs = ({ before, after }) => before.outcome !== after.outcome;
  return h(
    'table',
    {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('helper.person')), h('th', { scope: 'col' }, t('settings.before')), h('th', { scope: 'col' }, t('settings.after')))),
    h(
      'tbody',
      {},
      rows.map((row) =>
        h(
          'tr',
          { class: differs(row) ? 'differs' : '', 'data-person': row.person.id, 'data-before': row.before.outcome, 'data-after': row.after.outcome },
          h('td', {}, h('strong', {}, row.person.name), h('div', { class: 'note' }, t(`person.${row.person.id}`)), differs(row) && h('div', {}, `⇄ ${t('settings.differs')}`)),
          cell(row.before),
          cell(row.after),
        ),
      ),
    ),
  );
}
