/** The ways in, what is wrong with one of them, and how to go on. */
import type { LiangzhengError } from '../errors.js';
import { h, sign } from './dom.js';
import type { Words } from './words.js';

/** What can be done. */
export interface Actions {
  camera: () => void;
  files: (files: File[]) => void;
  paste: () => void;
  cancel: () => void;
  retry: () => void;
}

/** What the view says beside the ways. */
export interface Told {
  trouble: LiangzhengError | undefined;
  /** Parts of a moving code, of pictures so far. */
  parts: { received: number; needed: number } | undefined;
  /** Digits of a scanner gun so far. */
  digits: { received: number; needed: number | undefined } | undefined;
}

/** Returns the ways in. */
export function ways(told: Told, words: Words, actions: Actions): HTMLElement {
  const picker = chooser(actions, false);
  const taker = chooser(actions, true);
  const button = (id: string, drawn: Parameters<typeof sign>[0], key: string, onclick: () => void, kind = '') =>
    h('button', { type: 'button', id, part: `button ${kind}`.trim(), class: `button ${kind}`.trim(), onclick }, sign(drawn), words.say(key));
  const coarse = matchMedia('(pointer: coarse)').matches;
  return h(
    'div',
    { class: 'ways' },
    h('h2', { part: 'title', id: 'title', tabindex: -1 }, words.say('title')),
    h('p', { part: 'lead' }, words.say('lead')),
    trouble(told.trouble, words, actions),
    told.parts && h('p', { part: 'progress' }, words.say('parts', told.parts)),
    told.digits && h('p', { part: 'progress', id: 'digits' }, counted(told.digits, words)),
    button('camera', 'camera', 'way.camera', actions.camera, 'primary'),
    h(
      'div',
      { class: 'row others' },
      button('file', 'picture', 'way.file', () => picker.click()),
      coarse && button('photo', 'photo', 'way.photo', () => taker.click()),
      button('paste', 'paste', 'way.paste', actions.paste),
    ),
    h('p', { part: 'about' }, words.say('way.more')),
    h('div', { class: 'row foot' }, h('p', { part: 'local' }, words.say('local')), h('button', { type: 'button', part: 'button quiet', class: 'button quiet', id: 'cancel', onclick: actions.cancel }, words.say('cancel'))),
    picker,
    taker,
  );
}

/** Returns how many digits a scanner gun has typed. */
export function counted({ received, needed }: NonNullable<Told['digits']>, words: Words): string {
  return needed ? words.say('digits.of', { received, needed }) : words.say('digits', { received });
}

function chooser(actions: Actions, capture: boolean): HTMLInputElement {
  const input = h('input', {
    type: 'file',
    hidden: true,
    multiple: !capture,
    accept: capture ? 'image/*' : 'image/*,.cbor,.txt,.json',
    capture: capture && 'environment',
    id: capture ? 'capture' : 'files',
  });
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length) actions.files(files);
  });
  return input;
}

/** Errors of the machinery: another picture does not help, another attempt may. */
const MACHINERY = /^(source-unreachable|module|policy-|verifier-missing|webcrypto-missing|replay-store|case-|trust-)/;

/** Whether nothing works until something is repaired. */
export function isMachinery({ code }: LiangzhengError): boolean {
  return MACHINERY.test(code);
}

function trouble(error: LiangzhengError | undefined, words: Words, actions: Actions): HTMLElement | undefined {
  if (!error) return undefined;
  const { code, detail } = error;
  const own = words.has(`trouble.${code}`);
  const key = isMachinery(error) ? 'trouble.machinery' : 'trouble.other';
  const what = own ? words.say(`trouble.${code}`) : (words.text(`code.${code}`)?.replace(/\{[a-z]+\}/g, '…') ?? words.say(key));
  const then = own ? words.say(`trouble.${code}.next`) : (words.text(`code.${code}.next`) ?? words.say(`${key}.next`));
  return h(
    'div',
    { part: 'trouble', id: 'trouble', tabindex: -1 },
    h('span', { class: 'chip' }, sign('review')),
    h(
      'div',
      {},
      h('p', { class: 'what' }, what),
      h('p', {}, then),
      h('code', { part: 'code' }, isMachinery(error) && detail ? `${code}: ${detail}` : code),
      isMachinery(error) && h('button', { type: 'button', part: 'button', id: 'retry', onclick: actions.retry }, words.say('retry')),
    ),
  );
}

/** Returns what is shown after declining. */
export function declined(words: Words, again: () => void): HTMLElement {
  return h(
    'div',
    { class: 'ways' },
    h('h2', { part: 'title', id: 'title', tabindex: -1 }, words.say('declined')),
    h('p', { part: 'lead' }, words.say('declined.about')),
    h('div', { class: 'row' }, h('button', { type: 'button', part: 'button', id: 'again', onclick: again }, words.say('declined.again'))),
  );
}

/** Returns what is shown while a presentation is read or checked. */
export function busy(words: Words, key: 'busy.reading' | 'busy.checking'): HTMLElement {
  return h('div', { class: 'busy' }, h('p', { part: 'progress', id: 'title', tabindex: -1 }, words.say(key)));
}
