/**
 * A scanner gun types digits wherever the focus is (docs/optical-link.md, The text form).
 *
 * No clock decides what is a gun: digits count if they begin as a payload does, and any other key forgets them.
 */

/** Digits before the data: what every text begins with, and the length in four digits. */
const HEAD = 8;
/** Digits of the check at the end. */
const CHECK = 10;
/** Digits of the last group, by its bytes. */
const WIDTHS = [0, 3, 5, 8, 10, 13, 15];
/** Digits of a group of seven bytes. */
const GROUP = 17;
/** Most digits that are kept; a text has at most 7,089, the capacity of a symbol. */
const MOST = 16_384;

/** What the digits are so far. */
export type Typed =
  | { state: 'none' }
  | { state: 'typing'; received: number; needed: number | undefined }
  | { state: 'complete'; payload: Uint8Array }
  | { state: 'wrong'; code: 'text-short' | 'text-long' | 'text-check' | 'num-lock' };

/** What reads digits. */
export interface Digits {
  typed(digits: string): Uint8Array | undefined;
  beginsTyped(digits: string): boolean;
}

/** Returns how many digits a text has, once its first eight say so. */
export function expected(digits: string): number | undefined {
  if (digits.length < HEAD) return undefined;
  const bytes = Number(digits.slice(4, HEAD));
  return bytes > 0 ? HEAD + Math.floor(bytes / 7) * GROUP + (WIDTHS[bytes % 7] ?? 0) + CHECK : undefined;
}

/** Collects the digits that are typed outside of fields. */
export class Gun {
  #digits = '';

  constructor(readonly digits: Digits) {}

  /** Takes a key. */
  key(key: string): Typed {
    const digit = narrow(key);
    if (digit === undefined) {
      // A modifier is held or let go; nothing was typed.
      if (key.length > 1 && key !== 'Enter' && key !== 'Tab') return this.#now();
      return key === 'Enter' || key === 'Tab' ? this.#end() : this.forget();
    }
    this.#digits = (this.#digits + digit).slice(-MOST);
    // The first digits of something else are forgotten one by one, as the last of them may begin a text.
    while (this.#digits && !this.digits.beginsTyped(this.#digits.slice(0, HEAD))) this.#digits = this.#digits.slice(1);
    return this.#whole() ?? this.#now();
  }

  /** Forgets what was typed. */
  forget(): Typed {
    this.#digits = '';
    return { state: 'none' };
  }

  #now(): Typed {
    if (this.#digits.length < 4) return { state: 'none' };
    return { state: 'typing', received: this.#digits.length, needed: expected(this.#digits) };
  }

  /** The payload, if the digits are those of one, or end with those of one: behind a text that lost its end. */
  #whole(): Typed | undefined {
    const head = this.#digits.slice(0, 4);
    for (let at = 0; at >= 0; at = this.#digits.indexOf(head, at + 1)) {
      const text = this.#digits.slice(at);
      if (text.length !== expected(text)) continue;
      const payload = this.digits.typed(text);
      if (!payload) continue;
      this.#digits = '';
      return { state: 'complete', payload };
    }
    return undefined;
  }

  #end(): Typed {
    const [length, all] = [this.#digits.length, expected(this.#digits)];
    this.#digits = '';
    if (length < 4) return { state: 'none' };
    const code = all === undefined || length < all ? 'text-short' : length > all ? 'text-long' : 'text-check';
    return { state: 'wrong', code };
  }
}

/** Returns a digit; an input method may have widened it. */
function narrow(key: string): string | undefined {
  if (/^[0-9]$/.test(key)) return key;
  if (/^[\uFF10-\uFF19]$/.test(key)) return String(key.charCodeAt(0) - 0xff10);
  return undefined;
}

/** Whether what is typed belongs to a field of the page. */
export function inField(event: Event): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  const none = /^(button|checkbox|file|image|radio|range|reset|submit)$/;
  return target instanceof HTMLInputElement && !none.test(target.type);
}
