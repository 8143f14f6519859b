// What every page has: header with sections and language, the strip that says demo, messages with undo, views by the address.
import { h } from './dom.js';
import { FIRMS } from './firms.js';
import { lang, onLanguage, sentence, setLanguage, t, wayOut, words } from './language.js';

/**
 * Starts a page. `sections` are `[address, key of the text]`, `logo` returns the firm's sign, and `view` returns what the address
 * shows: a title and its elements. It is called again when the address or the language changes.
 */
export function start({ firm, sections, logo, view }) {
  const app = document.getElementById('app');
  const main = h('main', { id: 'main', tabindex: '-1' });
  const header = h('header', { class: 'top' });
  const strip = h('aside', { class: 'strip' });
  let run = 0;

  const top = () => {
    const here = location.pathname + location.hash;
    const inside = ([address]) => here === address || (address.endsWith('#/') ? location.pathname === address.slice(0, -2) : here.startsWith(address));
    // The most exact of those that the page is in; a receipt is one of the records.
    const now = sections.filter(inside).sort(([one], [other]) => other.length - one.length)[0];
    const link = ([address, key]) => {
      const current = now?.[0] === address;
      return h('a', { href: address, 'aria-current': current ? 'page' : undefined }, t(key));
    };
    header.replaceChildren(
      h('a', { class: 'skip', href: '#main', onclick: (event) => (event.preventDefault(), main.focus()) }, t('skip')),
      h('a', { class: 'brand', href: sections[0][0] }, logo(), h('span', {}, words(FIRMS[firm].name))),
      h('nav', { 'aria-label': t('nav.label') }, sections.map(link)),
      h('button', { type: 'button', class: 'language', id: 'language', lang: lang() === 'en' ? 'zh-CN' : 'en', 'aria-label': t('lang.switch') + ' · ' + t('lang.other'), onclick: () => setLanguage(lang() === 'en' ? 'zh-CN' : 'en') }, t('lang.other')),
    );
    strip.textContent = t('demo.strip');
    strip.setAttribute('aria-label', t('demo.label'));
  };

  const show = async (focus) => {
    const mine = ++run;
    top();
    try {
      const { title, content } = await view(location.hash.slice(2).split('/').map(decodeURIComponent));
      if (mine !== run) return;
      document.title = `${title} · ${words(FIRMS[firm].name)}`;
      main.replaceChildren(...[content].flat(Infinity).filter(Boolean));
    } catch (error) {
      if (mine !== run) return;
      main.replaceChildren(problem(error, () => show(true)));
    }
    main.removeAttribute('aria-busy');
    if (!focus) return;
    const heading = main.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    (heading ?? main).focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  app.replaceChildren(header, strip, main, messages);
  main.setAttribute('aria-busy', 'true');
  main.append(h('p', { class: 'loading', role: 'status' }, t('loading')));
  addEventListener('hashchange', () => {
    dismiss();
    show(true);
  });
  onLanguage(async () => {
    dismiss();
    await show(false);
    document.getElementById('language').focus();
  });
  show(false);
  return { refresh: (focus = false) => show(focus) };
}

const messages = h('div', { class: 'messages', role: 'status', 'aria-live': 'polite' });

/** Says something at the foot of the page until it is closed; with `undo` it can be taken back. */
export function message(text, undo) {
  const close = h('button', { type: 'button', class: 'quiet', onclick: dismiss }, t('close'));
  const back = undo && h('button', { type: 'button', onclick: () => (dismiss(), undo()) }, t('undo'));
  messages.replaceChildren(h('div', { class: 'message' }, h('span', {}, text), back ?? '', close));
}

export const dismiss = () => messages.replaceChildren();

/** What went wrong, in words where the package has them, with its code. */
export function problem(error, again) {
  const code = error?.code && typeof error.code === 'string' ? error.code : error?.name ?? 'error';
  const said = { code: `code.${code}`, args: [] };
  const text = sentence(said);
  return h(
    'section',
    { class: 'problem', role: 'alert' },
    h('h1', {}, t('problem.title')),
    h('p', {}, text === said.code ? t('problem.text') : text),
    wayOut(said) && h('p', {}, wayOut(said)),
    h('p', { class: 'note' }, h('code', {}, code), ' ', error?.detail ?? error?.message ?? ''),
    again && h('button', { type: 'button', onclick: again }, t('again')),
  );
}

/** What is shown for an entry that is not there. */
export const missing = (back) => ({
  title: t('missing.title'),
  content: [h('h1', {}, t('missing.title')), h('p', {}, t('missing.text')), h('p', {}, h('a', { class: 'button', href: back }, t('back')))],
});
