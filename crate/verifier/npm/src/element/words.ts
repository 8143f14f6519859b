/** The language of the element, and its sentences. */
import { say } from '../text.js';
import type { Arg, Catalogue } from '../types.js';

/** A language that has a catalogue. */
export type Tag = 'zh-CN' | 'en';

/** Returns the language: that of the attribute, of the closest element with `lang`, or of the browser. */
export function tagOf(element: Element): Tag {
  let at: Element | null = element;
  while (at) {
    const own: string | undefined = at.closest('[lang]')?.getAttribute('lang')?.trim();
    if (own) return known(own);
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return known(navigator.language);
}

function known(tag: string): Tag {
  return /^zh\b/i.test(tag) ? 'zh-CN' : 'en';
}

/** Loads the catalogue of a language. */
export async function catalogueOf(tag: Tag): Promise<Catalogue> {
  return (tag === 'en' ? await import('../en.js') : await import('../zh-CN.js')).default;
}

/** Says a sentence of the element. */
export class Words {
  constructor(readonly catalogue: Catalogue) {}

  /** Returns the text of `check.<key>`; numbers and texts take the place of placeholders. */
  say(key: string, values: Record<string, string | number> = {}): string {
    const args = Object.entries(values).map(([name, value]): [string, Arg] => [
      name,
      typeof value === 'number' ? { kind: 'number', value } : { kind: 'text', value },
    ]);
    return say({ code: `check.${key}`, args }, this.catalogue);
  }

  /** Whether there is a sentence of the element. */
  has(key: string): boolean {
    return Object.hasOwn(this.catalogue.texts, `check.${key}`);
  }

  /** Returns the text of any key, if there is one. */
  text(key: string): string | undefined {
    return Object.hasOwn(this.catalogue.texts, key) ? this.catalogue.texts[key] : undefined;
  }

  /** Whether lists and sentences are in Chinese. */
  get chinese(): boolean {
    return this.catalogue.tag.startsWith('zh');
  }

  /** Returns values as a list. */
  list(values: readonly string[]): string {
    return values.join(this.chinese ? '、' : ', ');
  }
}
