// "No phone at hand?": a person of the demo presents, or draws the moving code as a wallet does.
import { h, select, field } from './dom.js';
import { draw } from './qr.js';
import { t } from './language.js';
import { holder } from './trust.js';

/** Milliseconds for which a frame is shown. */
const FRAME = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 333 : 125);

/** Where the wallet's demo is, as the server of this origin knows. */
export async function walletAddress() {
  try {
    const response = await fetch('/demo.json');
    return response.ok ? (await response.json()).wallet : '';
  } catch {
    return '';
  }
}

/** Returns what a person presents for a policy: `how` is normal, old or altered. */
export function presentation(demo, person, policy, how) {
  const now = how === 'old' ? new Date(Date.now() - 600_000) : new Date();
  const payload = demo.present(person, policy, { now });
  // A byte of the middle: of what the issuer signed.
  if (how === 'altered') payload[payload.length >> 1] ^= 1;
  return payload;
}

/** Returns the panel. `present` gets the bytes; `person` is chosen first. */
export async function helper({ policy, person, present }) {
  const [demo, wallet] = await Promise.all([holder(), walletAddress()]);
  const people = demo.people();
  const name = (id) => people.find((one) => one.id === id)?.name ?? id;
  const who = select(
    people.map(({ id, name }) => [id, `${name} · ${t(`person.${id}`)}`]),
    person ?? people[0].id,
    { id: 'demo-person' },
  );
  const how = select(['normal', 'old', 'altered'].map((one) => [one, t(`helper.${one}`)]), 'normal', { id: 'demo-how' });
  const purpose = t(`purpose.${policy.kind}`);
  const dialog = h('dialog', { class: 'moving-code', 'aria-labelledby': 'moving-title' });
  const drawn = () => drawing(dialog, demo, presentation(demo, who.value, policy, how.value), t('helper.code', { name: name(who.value) }));
  return h(
    'details',
    { class: 'helper' },
    h('summary', {}, t('helper.title')),
    h('p', {}, t('helper.text')),
    h('div', { class: 'fields' }, field(t('helper.person'), who), field(t('helper.how'), how)),
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'button', id: 'demo-present', onclick: () => present(presentation(demo, who.value, policy, how.value)) }, t('helper.present')),
      h('button', { type: 'button', class: 'quiet', id: 'demo-draw', onclick: drawn }, t('helper.draw')),
    ),
    h('h3', {}, t('helper.real')),
    h('p', {}, t('helper.real.text', { purpose })),
    wallet && h('p', {}, h('a', { href: `${wallet}/wallet/`, target: '_blank', rel: 'noopener', id: 'demo-wallet' }, t('helper.wallet'), ' ↗')),
    dialog,
  );
}

function drawing(dialog, demo, payload, title) {
  const canvas = h('canvas', { role: 'img', 'aria-label': title });
  let number = 0;
  const frame = () => {
    const { size, dark } = demo.frame(payload, number++);
    draw(canvas, Array.from({ length: size }, (_, y) => dark.slice(y * size, (y + 1) * size)), 6);
  };
  const save = async () => {
    const sheet = await screenshot(demo, payload);
    const url = URL.createObjectURL(sheet);
    h('a', { href: url, download: 'code.png' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  frame();
  const timer = setInterval(frame, FRAME());
  dialog.replaceChildren(
    h('h2', { id: 'moving-title' }, title),
    canvas,
    h('p', { class: 'actions' }, h('button', { type: 'button', class: 'quiet', onclick: save }, t('helper.picture')), h('button', { type: 'button', onclick: () => dialog.close() }, t('close'))),
  );
  dialog.addEventListener('close', () => clearInterval(timer), { once: true });
  dialog.showModal();
}

/** Returns a picture with as many frames as the payload has, as one file. */
export async function screenshot(demo, payload, count = 24) {
  const frames = Array.from({ length: count }, (_, number) => demo.frame(payload, number));
  const [scale, columns] = [3, 4];
  const side = (frames[0].size + 10) * scale;
  const sheet = new OffscreenCanvas(side * columns, side * Math.ceil(count / columns));
  const context = sheet.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.fillStyle = '#000';
  frames.forEach(({ size, dark }, at) => {
    const [left, top] = [(at % columns) * side + 5 * scale, Math.floor(at / columns) * side + 5 * scale];
    dark.forEach((one, place) => one && context.fillRect(left + (place % size) * scale, top + Math.floor(place / size) * scale, scale, scale));
  });
  return sheet.convertToBlob({ type: 'image/png' });
}
