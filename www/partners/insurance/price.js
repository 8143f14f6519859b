// The price on the screen, with the rules that moved it.
import { h } from '../js/dom.js';
import { sentence, t, yuan } from '../js/language.js';
import { ruleName } from '../js/decision.js';

const percent = (number) => (number === 0 ? '±0 %' : `${number > 0 ? '+' : '−'}${Math.abs(number)} %`);

/** Returns what a premium says, or that there is none. */
export function price(premium, outcome) {
  if (!premium) return h('div', { class: 'card price none' }, h('h3', {}, t('premium.title')), h('p', {}, t('premium.none')));
  const { band, price, base, steps } = premium;
  return h(
    'div',
    { class: 'card price', 'data-band': band },
    h('div', { class: 'price-head' }, h('span', { class: 'band-letter', 'aria-hidden': 'true' }, band), h('div', {}, h('h3', {}, `${t('premium.title')} · ${t('premium.band', { band })}`), h('p', { class: 'amount' }, yuan(price), h('small', {}, ` ${t('premium.year')}`)))),
    h(
      'table',
      {},
      h('caption', {}, t('premium.steps')),
      h('tbody', {}, h('tr', {}, h('th', { scope: 'row' }, t('premium.base')), h('td', {}), h('td', {}, yuan(base))), steps.map((step) => h('tr', { 'data-step': step.rule }, h('th', { scope: 'row' }, ruleName(step.rule)), h('td', {}, step.message ? sentence(step.message) : t('premium.no-points')), h('td', {}, percent(step.percent))))),
    ),
    outcome === 'review' && h('p', {}, t('premium.if')),
    h('p', { class: 'note' }, t('premium.note')),
  );
}
