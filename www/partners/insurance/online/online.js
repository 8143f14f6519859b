// The customer's way: this page shows a preview; the insurer's server makes the nonce, gets the presentation, and decides.
import { WalletQuestion } from '/vendor/liangzheng/question.js';
import { LicenceReader } from '/vendor/liangzheng/reader/index.js';
import { h, field, select } from '../../js/dom.js';
import { addTexts, sentence, t, vehicle } from '../../js/language.js';
import { start, problem } from '../../js/shell.js';
import { inDays } from '../../js/days.js';
import { walletAddress } from '../../js/demo.js';
import { ruleName, sign } from '../../js/decision.js';
import { ready } from '../../js/policies.js';
import { premium } from '../../js/premium.js';
import { draw } from '../../js/qr.js';
import { holder, verifierFor } from '../../js/trust.js';
import { SECTIONS, logo } from '../look.js';
import { price } from '../price.js';
import { TEXTS } from '../texts.js';

addTexts(TEXTS);

const ENDINGS = { lin: '002X', zhao: '005X', xu: '0063', gao: '0096', wei: '0114', shen: '0158', bai: '0227' };

async function call(path, body) {
  const response = await fetch(`/api/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.headers.get('Content-Type')?.startsWith('application/json')) throw Object.assign(new Error('no server'), { code: 'server-absent' });
  return response.json();
}

const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const fromBase64Url = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));

let person = 'lin';
let stop = () => {};

async function view() {
  stop();
  const [policy, demo, wallet] = await Promise.all([ready('insurance', 'insurance-proposal'), holder(), walletAddress()]);
  const people = demo.people();
  const steps = h('div', { class: 'steps' });
  const known = () => ({ vehicle: which.value, from: from.value, until: inDays(0, 12), name: name.value.trim(), number_end: end.value.trim().toUpperCase() || undefined });
  const of = (id) => people.find((one) => one.id === id);
  const name = h('input', { required: true, maxlength: 60, value: of(person).name, id: 'name' });
  const end = h('input', { pattern: '[0-9A-Za-z]{3,8}', value: ENDINGS[person] ?? '', id: 'number-end' });
  const fill = select(people.map(({ id, name }) => [id, `${name} · ${t(`person.${id}`)}`]), person, { id: 'fill' });
  fill.addEventListener('change', () => {
    person = fill.value;
    [name.value, end.value] = [of(person).name, ENDINGS[person] ?? ''];
  });
  const which = select(['car', 'car-automatic', 'motorhome'].map((id) => [id, vehicle(id)]), 'car', { id: 'vehicle' });
  const from = h('input', { type: 'date', required: true, value: inDays(1), min: inDays(0), id: 'from' });

  const form = h(
    'form',
    { class: 'card', onsubmit: (event) => (event.preventDefault(), show()) },
    h('h2', {}, `1 · ${t('online.step1')}`),
    h('div', { class: 'fields' }, field(t('online.fill'), fill), field(t('edit.name'), name), field(t('edit.number'), end, t('edit.number.note')), field(t('edit.vehicle'), which), field(t('edit.from'), from)),
    h('p', { class: 'actions' }, h('button', { id: 'continue' }, t('online.continue'))),
  );

  /** Asks the server for a nonce; without one there is a preview only. */
  async function challenge() {
    try {
      return await call('challenge', {});
    } catch {
      const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      const responseUri = `${location.origin}/api/proposal`;
      return { session: { kind: 'openid4vp', clientId: `redirect_uri:${responseUri}`, nonce, responseUri } };
    }
  }

  async function show() {
    const asked = await challenge();
    const question = await WalletQuestion.ask({ policy, nonce: fromBase64Url(asked.session.nonce), responseUri: asked.session.responseUri });
    const who = select(people.map(({ id, name }) => [id, `${name} · ${t(`person.${id}`)}`]), person, { id: 'demo-person' });
    const forge = h('input', { type: 'checkbox', id: 'forge' });
    const decide = (response, thumbprint) => decided({ asked, response, thumbprint, forged: forge.checked });
    const answer = () => {
      decide(question.open(demo.answer(who.value, question.payload)), question.session.jwkThumbprint);
    };
    const asks = policy.facts.map(({ fact, intent_to_retain }) => h('li', {}, t(`fact.${fact}`), intent_to_retain && h('small', {}, ` · ${t('online.keeps')}`)));
    form.querySelectorAll('input, select, button').forEach((one) => (one.disabled = true));
    steps.replaceChildren(
      form,
      h(
        'section',
        { class: 'card' },
        h('h2', { tabindex: '-1', id: 'step2' }, `2 · ${t('online.step2')}`),
        !asked.id && h('p', { class: 'problem' }, t('online.absent')),
        h('p', {}, t('online.asks')),
        h('ul', { class: 'asked' }, asks),
        h('h3', {}, t('online.phone')),
        h('p', {}, t('online.phone.text')),
        h('div', { class: 'fields' }, field(t('helper.person'), who), h('div', { class: 'field tick' }, forge, h('label', { for: 'forge' }, t('online.forge')))),
        h('p', { class: 'actions' }, h('button', { type: 'button', id: 'answer', onclick: answer }, t('online.answer'))),
        h('details', {}, h('summary', {}, t('online.wallet')), walletWay(question, wallet, (payload) => decide(question.open(payload), question.session.jwkThumbprint))),
      ),
    );
    document.getElementById('step2').focus();
  }

  /** The server's question as a code; the answer by camera or picture. */
  function walletWay(question, wallet, opened) {
    const canvas = h('canvas', { role: 'img', 'aria-label': t('online.question'), id: 'question' });
    let number = 0;
    const frame = () => {
      const { size, dark } = question.frame(number++);
      draw(canvas, Array.from({ length: size }, (_, y) => dark.slice(y * size, (y + 1) * size)), 5);
    };
    frame();
    const timer = question.needed > 1 ? setInterval(frame, 140) : undefined;
    const reading = new AbortController();
    stop = () => (clearInterval(timer), reading.abort());
    const video = h('video', { hidden: true, muted: true, playsinline: true });
    const said = h('p', { role: 'status', class: 'note' });
    const take = (payload) => {
      try {
        opened(payload);
      } catch (error) {
        said.replaceChildren(problem(error));
      }
    };
    const camera = async () => {
      video.hidden = false;
      try {
        const reader = await LicenceReader.create();
        const progress = (now) => now.state === 'receiving' && (said.textContent = t('online.reading', now));
        take(await reader.fromCamera(video, { signal: reading.signal, onProgress: progress }));
      } catch (error) {
        if (error.code !== 'aborted') said.replaceChildren(problem(error));
      }
      video.hidden = true;
    };
    const pictures = h('input', { type: 'file', accept: 'image/*', multiple: true, id: 'answer-file' });
    pictures.addEventListener('change', async () => {
      const reader = await LicenceReader.create();
      for (const picture of pictures.files) {
        const progress = await reader.look(picture).catch((error) => said.replaceChildren(problem(error)));
        if (progress?.state === 'complete') return take(progress.payload);
      }
      said.textContent = t('online.no-code');
    });
    return h(
      'div',
      { class: 'question' },
      h('p', {}, t('online.wallet.text')),
      wallet && h('a', { href: `${wallet}/wallet/`, target: '_blank', rel: 'noopener' }, t('helper.wallet'), ' ↗'),
      canvas,
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'quiet', onclick: camera }, t('online.camera'))),
      field(t('online.file'), pictures),
      video,
      said,
    );
  }

  async function decided({ asked, response, thumbprint, forged }) {
    stop();
    const of = known();
    const session = { ...asked.session, jwkThumbprint: thumbprint };
    const verifier = await verifierFor(policy);
    const preview = await verifier.check(response, { session, case: of });
    const shown = forged ? 'accept' : preview.outcome;
    const server = h('div', { id: 'server', 'aria-live': 'polite' }, h('h3', {}, t('online.server')), h('p', { class: 'note' }, asked.id ? t('online.decides') : t('online.absent')));
    const result = h(
      'section',
      { class: 'card' },
      h('h2', { tabindex: '-1', id: 'step3' }, `3 · ${t('online.step3')}`),
      h(
        'div',
        { class: 'duel' },
        h('div', { id: 'preview' }, h('h3', {}, t('online.preview')), outcome(shown), h('p', { class: 'note' }, t('online.preview.text'))),
        server,
      ),
    );
    const again = h('p', { class: 'actions' }, h('button', { type: 'button', class: 'quiet', onclick: () => page.refresh(true) }, t('online.again')));
    steps.replaceChildren(result, again);
    document.getElementById('step3').focus();
    if (!asked.id) return;
    const said = await call('proposal', { id: asked.id, presentation: base64(response), jwkThumbprint: thumbprint, case: of, preview: shown });
    if (!said.outcome) return server.replaceChildren(h('h3', {}, t('online.server')), h('p', { class: 'problem' }, t('online.unknown'), ' ', h('code', {}, said.code)));
    server.replaceChildren(
      h('h3', {}, t('online.server')),
      outcome(said.outcome),
      said.code ? h('p', {}, t('online.differs'), ' ', h('code', {}, said.code)) : '',
      h('ul', {}, said.deciding.map((reason) => h('li', {}, h('strong', {}, ruleName(reason.rule)), ' ', reason.checks.filter(({ code }) => code === reason.code).map(({ message }) => sentence(message)).join(' '), ' ', h('code', {}, reason.code)))),
    );
    result.after(price(said.premium ?? undefined, said.outcome));
  }

  const outcome = (which) => h('div', { class: `band ${which}`, 'data-outcome': which }, sign(which), h('h3', {}, t(`words.${which}`)));

  steps.append(form);
  return { title: t('online.title'), content: [h('div', { class: 'lead' }, h('div', {}, h('h1', {}, t('online.title')), h('p', {}, t('online.lead')))), steps] };
}

const page = start({ firm: 'insurance', sections: SECTIONS, logo, view });
