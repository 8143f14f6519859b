// A form made from the schema of a policy: objects, lists, choices, numbers, days, switches, and texts in both languages.
import { h, field, select } from './dom.js';
import { has, t } from './language.js';

/** Follows `$ref` and "or null". */
export function resolve(schema, node) {
  if (node.$ref) return resolve(schema, { ...schema.$defs[node.$ref.split('/').at(-1)], description: node.description });
  const some = node.anyOf?.find((one) => one.type !== 'null');
  return some ? { ...resolve(schema, some), description: node.description, nullable: true } : node;
}

export const label = (name) => (has(`schema.${name}`) ? t(`schema.${name}`) : name);

/** What leaving a choice out means, as the schema describes it. */
function byDefault(name) {
  const value = { on_fail: 'refuse', on_undetermined: 'review' }[name];
  return value ? `${t('schema.default')} · ${t(`value.${value}`)}` : t('settings.nothing');
}

const types = (node) => [node.type].flat();

function choices(name, node) {
  if (node.enum) return node.enum.map((one) => [one, t(`${name === 'fact' ? 'fact' : 'purpose'}.${one}`)]);
  if (node.oneOf?.every((one) => typeof one.const === 'string')) return node.oneOf.map((one) => [one.const, t(`value.${one.const}`)]);
  return undefined;
}

/**
 * Returns the field of one property of `value`, which it changes. `required` says whether it may be left out, `changed` is called
 * after each change.
 */
export function property({ schema, node: raw, name, value, required, changed }) {
  const node = resolve(schema, raw);
  const set = (to) => {
    if (to === undefined) delete value[name];
    else value[name] = to;
    changed();
  };
  const named = { 'data-field': name };
  const options = choices(name, node);
  if (options) {
    const list = select(required ? options : [['', byDefault(name)], ...options], value[name] ?? '', named);
    list.addEventListener('change', () => set(list.value || undefined));
    return field(label(name), list);
  }
  if (types(node).includes('boolean')) {
    const tick = h('input', { type: 'checkbox', checked: value[name] === true, ...named });
    tick.addEventListener('change', () => set(tick.checked || (required ? false : undefined)));
    tick.id = `c${(property.count = (property.count ?? 0) + 1)}`;
    return h('div', { class: 'tick' }, tick, h('label', { for: tick.id }, label(name)));
  }
  if (types(node).includes('integer')) {
    const number = h('input', { type: 'number', inputmode: 'numeric', min: node.minimum, max: node.maximum, step: 1, value: value[name] ?? '', required, ...named });
    // What is no number stays as it was typed, so that the package says what is wrong with it.
    number.addEventListener('input', () => set(number.value === '' ? (required ? null : undefined) : Number(number.value)));
    return field(label(name), number);
  }
  if (types(node).includes('array')) return array({ schema, node, name, value, set, named });
  if (node.properties?.['zh-CN']) return wordsOf({ name, value, set, required, named });
  const text = h('input', { type: node.format === 'date' ? 'date' : 'text', value: value[name] ?? '', required, ...named });
  text.addEventListener('input', () => set(text.value || (required ? '' : undefined)));
  return field(label(name), text);
}

/** A list of texts is written one a line; a list of bands is rows. */
function array({ schema, node, name, value, set, named }) {
  const of = resolve(schema, node.items);
  if (of.type === 'string') {
    const area = h('textarea', { rows: 2, value: (value[name] ?? []).join('\n'), spellcheck: 'false', ...named });
    area.addEventListener('input', () => {
      const lines = area.value.split('\n').map((line) => line.trim()).filter(Boolean);
      set(lines.length ? lines : undefined);
    });
    return field(label(name), area, t('settings.one-a-line'));
  }
  const rows = h('div', { class: 'items' });
  const fill = () => {
    const items = value[name] ?? [];
    rows.replaceChildren(
      ...items.map((item, at) =>
        h(
          'div',
          { class: 'row' },
          Object.entries(of.properties).map(([key, inner]) => property({ schema, node: inner, name: key, value: item, required: of.required?.includes(key), changed: () => set(items) })),
          h('button', { type: 'button', class: 'quiet', 'aria-label': t('settings.remove', { name: `${label(name)} ${at + 1}` }), onclick: () => (items.splice(at, 1), set(items), fill()) }, '×'),
        ),
      ),
      h('button', { type: 'button', class: 'quiet', onclick: () => (set([...items, Object.fromEntries(Object.keys(of.properties).map((key) => [key, (items.at(-1)?.to ?? -1) + 1]))]), fill()) }, t('settings.add-item')),
    );
  };
  fill();
  return h('fieldset', { ...named }, h('legend', {}, label(name)), rows);
}

function wordsOf({ name, value, set, required, named }) {
  const both = value[name] ?? { 'zh-CN': '', en: '' };
  const input = (tag) => {
    const text = h('textarea', { rows: 2, lang: tag, value: both[tag] ?? '', maxlength: 500, 'data-language': tag });
    text.addEventListener('input', () => {
      both[tag] = text.value;
      set(required || both['zh-CN'] || both.en ? both : undefined);
    });
    return field(t(`schema.${tag}`), text);
  };
  return h('fieldset', { class: 'words', ...named }, h('legend', {}, label(name)), input('zh-CN'), input('en'));
}
