// The form of a booking or proposal.
import { h, field, select } from './dom.js';
import { t, vehicle } from './language.js';

/** Returns the form. `save` gets the values; `trailer` says whether there may be one. */
export function editor({ values, vehicles, trailer, save, back }) {
  const input = (name, attributes) => h('input', { name, required: true, value: values[name] ?? '', ...attributes });
  const name = input('name', { maxlength: 60, autocomplete: 'off' });
  // A licence of another country may show no number.
  const end = input('number_end', { required: false, pattern: '[0-9A-Za-z]{3,8}', minlength: 3, maxlength: 8, autocomplete: 'off', spellcheck: 'false' });
  const from = input('from', { type: 'date' });
  const until = input('until', { type: 'date' });
  const which = select(vehicles.map((id) => [id, vehicle(id)]), values.vehicle ?? vehicles[0], { name: 'vehicle' });
  const behind = trailer && select([['', t('trailer.none')], ['light', t('trailer.light')], ['heavy', t('trailer.heavy')]], values.trailer ?? '', { name: 'trailer' });
  const dates = () => until.setCustomValidity(until.value && from.value && until.value < from.value ? t('edit.dates') : '');
  const only = () => {
    if (!behind) return;
    behind.disabled = !which.value.startsWith('car');
    if (behind.disabled) behind.value = '';
  };
  [from, until].forEach((one) => one.addEventListener('input', dates));
  which.addEventListener('change', only);
  only();
  const submit = (event) => {
    event.preventDefault();
    const given = { name: name.value.trim(), number_end: end.value.trim().toUpperCase() || undefined, vehicle: which.value, trailer: behind?.value || undefined, from: from.value, until: until.value };
    save({ ...values, ...given });
  };
  return h(
    'form',
    { class: 'card editor', onsubmit: submit },
    h(
      'div',
      { class: 'fields' },
      field(t('edit.name'), name),
      field(t('edit.number'), end, t('edit.number.note')),
      field(t('edit.vehicle'), which),
      behind && field(t('edit.trailer'), behind),
      field(t('edit.from'), from),
      field(t('edit.until'), until),
    ),
    h('p', { class: 'actions' }, h('button', {}, t('save')), h('a', { class: 'button quiet', href: back }, t('cancel'))),
  );
}
