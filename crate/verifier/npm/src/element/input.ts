/** What is handed in as files, from the clipboard or by dropping: pictures of codes, or a presentation itself. */
import { LiangzhengError } from '../errors.js';
import type { LicenceReader, Progress } from '../reader/index.js';
import type { Digits } from './gun.js';

/** Most bytes of a file that is read as a presentation. */
const MOST = 1 << 20;
/** Fewest bytes of a presentation. */
const LEAST = 64;
/** Most files of one hand-in. */
const MOST_FILES = 64;

/** What was handed in. */
export interface HandedIn {
  files: File[];
  text: string;
}

/** What came of it. */
export type Read = { payload: Uint8Array } | { received: number; needed: number };

/**
 * Reads what was handed in.
 *
 * @throws {LiangzhengError} `picture-nothing`, `picture-unreadable`, `not-a-licence` or `nothing-handed-in`.
 */
export async function read(
  { files, text }: HandedIn,
  reader: LicenceReader,
  digits: Digits,
  onProgress: (progress: Progress) => void,
): Promise<Read> {
  if (!files.length && !text.trim()) throw new LiangzhengError('nothing-handed-in');
  const wrong = new Set<string>();
  let some: { received: number; needed: number } | undefined;
  for (const file of files.slice(0, MOST_FILES)) {
    if (!/^(image\/|$)/.test(file.type) || /\.(cbor|txt|json|b64|hex)$/i.test(file.name)) {
      const payload = file.size <= MOST ? await ofFile(file, digits) : undefined;
      if (payload) return { payload };
      wrong.add('not-a-licence');
      continue;
    }
    let codes;
    try {
      codes = await reader.detect(file);
    } catch (error) {
      wrong.add(error instanceof LiangzhengError ? error.code : 'picture-unreadable');
      continue;
    }
    if (!codes.length) wrong.add('picture-nothing');
    for (const { bytes, rawValue } of codes) {
      const progress = reader.accept(bytes);
      onProgress(progress);
      if (progress.state === 'complete') return { payload: progress.payload };
      if (progress.state === 'receiving') some = progress;
      if (progress.state !== 'foreign') continue;
      // The code for scanner guns is one too.
      const payload = digits.typed(rawValue);
      if (payload) return { payload };
      wrong.add('not-a-licence');
    }
  }
  if (some) return some;
  const payload = files.length ? undefined : ofText(text, digits);
  if (payload) return { payload };
  const order = ['not-a-licence', 'picture-nothing', 'picture-unreadable'];
  throw new LiangzhengError(order.find((code) => wrong.has(code)) ?? 'not-a-licence');
}

async function ofFile(file: File, digits: Digits): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  return ofText(text, digits) ?? (bytes.length >= LEAST && !/^[\s\x20-\x7e]*$/.test(text) ? bytes : undefined);
}

/** Returns the presentation in a text: digits, hexadecimal, base64, or the longest base64 inside of something else. */
function ofText(text: string, digits: Digits): Uint8Array | undefined {
  if (text.length > 2 * MOST) return undefined;
  const close = text.replace(/\s+/g, '');
  if (/^\d+$/.test(close)) return digits.typed(close);
  if (/^([0-9a-f]{2})+$/i.test(close)) {
    const bytes = Uint8Array.from(close.match(/../g) ?? [], (byte) => parseInt(byte, 16));
    return bytes.length >= LEAST ? bytes : undefined;
  }
  const whole = /^[\w+/-]+=*$/.test(close) ? close : '';
  const longest = whole || (text.match(/[\w+/-]{86,}/g) ?? []).sort((one, other) => other.length - one.length)[0];
  if (!longest) return undefined;
  try {
    const plain = longest.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
    const bytes = Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
    return bytes.length >= LEAST ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Returns what a paste or a drop brings. */
export function handedIn(data: DataTransfer | null): HandedIn {
  return { files: [...(data?.files ?? [])], text: data?.getData('text/plain') ?? '' };
}

/**
 * Returns what the clipboard holds.
 *
 * @throws {LiangzhengError} `clipboard-refused` if the browser does not let the page read it.
 */
export async function clipboard(): Promise<HandedIn> {
  const files: File[] = [];
  let text = '';
  try {
    for (const item of await navigator.clipboard.read()) {
      for (const type of item.types) {
        if (type.startsWith('image/')) files.push(new File([await item.getType(type)], 'clipboard', { type }));
        else if (type === 'text/plain') text ||= await (await item.getType(type)).text();
      }
    }
  } catch (error) {
    try {
      // Some browsers give text only.
      text = await navigator.clipboard.readText();
    } catch {
      throw new LiangzhengError('clipboard-refused', '', { cause: error });
    }
  }
  return { files, text };
}
