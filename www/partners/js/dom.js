// Elements by call. Text is text: nothing is read as markup.

const SVG = 'http://www.w3.org/2000/svg';

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'selected') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Returns an element with attributes, listeners (`onclick`) and children. */
export const h = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);

/** Returns an SVG element. */
export const svg = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

/** Returns a label with its field below it. `note` is a sentence that belongs to the field. */
export function field(label, input, note) {
  const id = (input.id ||= `f${(field.count = (field.count ?? 0) + 1)}`);
  if (note) input.setAttribute('aria-describedby', `${id}-note`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), input, note && h('p', { class: 'note', id: `${id}-note` }, note));
}

/** Returns a `<select>` of `[value, text]` pairs. */
export function select(options, chosen, attributes) {
  const list = h('select', attributes, options.map(([value, text]) => h('option', { value }, text)));
  list.value = chosen ?? '';
  return list;
}

/** Saves a file. */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
