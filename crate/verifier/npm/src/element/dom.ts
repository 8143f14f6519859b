/** Makes elements: text by `textContent` and attributes by `setAttribute` only, so that nothing is ever parsed as markup. */

type Child = Node | string | undefined | false;

/** What an element is made with: attributes, and listeners by `on…`. */
export type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/** Returns an element. `part` also becomes its class, so that the style sheet and a partner name it alike. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

const SVG = 'http://www.w3.org/2000/svg';

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
    if (name === 'part' && !('class' in attributes)) element.setAttribute('class', String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** The signs. Each is beside a word. */
const PATHS = {
  accept: 'M5 12.5l4.5 4.5L19 7.5',
  review: 'M12 5v9M12 18.5v.5',
  refuse: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  camera: 'M4 8.5h3.5l1.5-2.5h6l1.5 2.5H20v10.5H4zM12 16.5a3 3 0 1 0 0-6a3 3 0 0 0 0 6',
  picture: 'M4 5.5h16v13H4zM4 15.5l4.5-4.5l4 4l2.5-2.5l5 4.5M15.5 9.5h.01',
  paste: 'M8 5H6v15h12V5h-2M9 3.5h6v3H9z',
  photo: 'M7 3h10v18H7zM11 18h2',
  gun: 'M4 7v10M7 7v10M10 7v6M13 7v10M16 7v6M20 7v10',
  light: 'M9.5 20.5h5M10 17.5h4c0-2.5 3-3.5 3-7a5 5 0 0 0-10 0c0 3.5 3 4.5 3 7',
  note: 'M12 11v6M12 7v.5',
} as const;

/** The name of a sign. */
export type Sign = keyof typeof PATHS;

/** Returns a sign as a drawing that a screen reader passes over. */
export function sign(name: Sign): SVGElement {
  const path = fill(document.createElementNS(SVG, 'path'), { d: PATHS[name] }, []);
  return fill(document.createElementNS(SVG, 'svg'), { viewBox: '0 0 24 24', class: 'sign', 'aria-hidden': 'true' }, [path]);
}

/** Returns a ring of `needed` segments, and the function that fills the first ones. */
export function ring(): { node: SVGElement; set: (received: number, needed: number) => void } {
  const circle = (kind: string) =>
    fill(document.createElementNS(SVG, 'circle'), { cx: 24, cy: 24, r: 20, class: kind, pathLength: 100 }, []);
  const [ground, done] = [circle('ground'), circle('done')];
  const node = fill(document.createElementNS(SVG, 'svg'), { viewBox: '0 0 48 48', class: 'ring', 'aria-hidden': 'true' }, [
    ground,
    done,
  ]);
  const set = (received: number, needed: number) => {
    const share = needed > 0 ? (100 * Math.min(received, needed)) / needed : 0;
    done.setAttribute('stroke-dasharray', `${share} 200`);
  };
  set(0, 0);
  return { node, set };
}

/** Returns a text of another than the language around it: isolated, so that it cannot turn the text beside it. */
export function foreign(text: string, lang?: string): HTMLElement {
  const node = h('bdi', { lang });
  node.textContent = text;
  return node;
}
