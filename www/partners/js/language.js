// The language of the page, remembered on this device, and its sentences.
import en from '/vendor/liangzheng/en.js';
import zh from '/vendor/liangzheng/zh-CN.js';
import { day, next, say } from '/vendor/liangzheng/index.js';
import { TEXTS } from './texts.js';

const KEY = 'language';
const all = new Map(Object.entries(TEXTS));
const changed = new Set();

function first() {
  let kept;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing still has languages.
  }
  return kept ?? (navigator.languages.some((one) => one.startsWith('zh')) || !navigator.language.startsWith('en') ? 'zh-CN' : 'en');
}

let language = first();
document.documentElement.lang = language;

/** The language: `zh-CN` or `en`. */
export const lang = () => language;

/** Adds the sentences of a page: `{ key: [Chinese, English] }`. */
export function addTexts(texts) {
  for (const [key, pair] of Object.entries(texts)) all.set(key, pair);
}

/** Returns a sentence with its placeholders filled in. */
export function t(key, values = {}) {
  const text = all.get(key)?.[language === 'en' ? 1 : 0] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '…');
}

/** Whether there is a sentence for a key. */
export const has = (key) => all.has(key);

/** Returns the text of `{ "zh-CN", "en" }`. */
export const words = (pair) => pair?.[language] ?? '';

/** The catalogue of the package. */
export const catalogue = () => (language === 'en' ? en : zh);

/** Returns a message of a decision as a sentence. */
export const sentence = (message) => say(message, catalogue());

/** Returns what to do about it, if there is something. */
export const wayOut = (message) => next(message, catalogue());

/** Returns a day, such as 2026年11月29日. */
export const date = (iso) => day(iso, catalogue());

/** Returns a moment with its time. */
export const moment = (at) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(at));

/** Returns the name of a vehicle, without the article of a sentence. */
export function vehicle(id) {
  return t(`vehicle.${id}`);
}

/** Returns an amount in yuan. */
export const yuan = (amount) =>
  new Intl.NumberFormat(language === 'en' ? 'en-GB' : language, { style: 'currency', currency: 'CNY', maximumFractionDigits: 0 }).format(amount);

/** Calls back when the language has changed. */
export function onLanguage(callback) {
  changed.add(callback);
}

/** Changes the language, and remembers it. */
export function setLanguage(to) {
  language = to;
  document.documentElement.lang = to;
  try {
    localStorage.setItem(KEY, to);
  } catch {
    // It holds until the page is left.
  }
  for (const callback of changed) callback();
}
