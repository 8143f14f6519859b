/**
 * `<licence-check>`: reads a licence by camera, picture, clipboard or scanner gun, decides by a policy, and shows why.
 *
 * This entry exports the class; `./element/define` registers it.
 *
 * @packageDocumentation
 */
import type { VerifierCore as Verifier } from '../core.js';
import type { Decision } from '../decision.js';
import { LiangzhengError } from '../errors.js';
import { memoryStore } from '../memory.js';
import type { Progress } from '../reader/index.js';
import type { Bytes, Case, Catalogue, CheckOptions, ReplayStore, Session } from '../types.js';
import { Camera } from './camera.js';
import { h } from './dom.js';
import type { LicenceCheckEventMap, LicenceCheckEvents } from './events.js';
import { Form } from './form.js';
import { type Typed, inField } from './gun.js';
import { type HandedIn, clipboard, handedIn, read } from './input.js';
import { Keys } from './keys.js';
import { style } from './style.js';
import { Tools } from './tools.js';
import { type Face, type Unseen, announcement, verdict } from './verdict.js';
import { type Told, busy, counted, declined, ways } from './ways.js';
import { Words, catalogueOf, tagOf } from './words.js';

export type { LicenceCheckEventMap, LicenceCheckEvents } from './events.js';

/** A server that imports this has no elements, and makes none. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

type Phase = 'ways' | 'camera' | 'reading' | 'checking' | 'decided' | 'declined';

/** Properties that may be set before the element is registered. */
const PROPERTIES = ['verifier', 'case', 'catalogue', 'seen', 'session', 'options'] as const;

/** The element. Register it by `./element/define`, or under another name by `customElements.define`. */
export class LicenceCheck extends Base {
  static readonly formAssociated = true;
  static readonly observedAttributes = ['lang', 'policy', 'trust', 'status', 'case', 'name'];

  readonly #root: ShadowRoot;
  readonly #base: HTMLElement;
  readonly #body: HTMLElement;
  readonly #live: HTMLElement;
  readonly #form: Form;
  readonly #tools = new Tools(this);
  readonly #keys = new Keys({
    listens: () => this.#listens,
    load: async () => (await this.#tools.read()).digits,
    typed: (typed) => this.#typed(typed),
    failed: (error) => this.#fail(error, false),
  });

  #phase: Phase = 'ways';
  /** Counts what was begun; what ends after something else was begun is dropped. */
  #run = 0;
  #words: Words | undefined;
  #catalogue: Catalogue | undefined;
  #warming = false;
  #camera: Camera | undefined;
  #case: Case | undefined;
  #decision: Decision | undefined;
  #presentation: Uint8Array | undefined;
  #face: Face | undefined;
  #portrait: string | undefined;
  #unseen: Unseen | undefined;
  #opened = false;
  #byCamera = false;
  #told: Told = { trouble: undefined, parts: undefined, digits: undefined };
  #disabled = false;
  #alive: AbortController | undefined;

  /** The store of received codes; by default one in the memory of the page. */
  seen: ReplayStore = memoryStore();
  /** The session in which a DeviceResponse was asked for. */
  session: Session | undefined;
  /** Further options of {@link Verifier.check}, such as `audience` or `whatIfDays`. */
  options: CheckOptions = {};

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    this.#root.adoptedStyleSheets = [style()];
    this.#live = h('div', { class: 'live', role: 'status', 'aria-live': 'polite' });
    this.#body = h('div', { class: 'body' });
    this.#base = h('section', { part: 'base' }, this.#body, this.#live);
    this.#root.append(this.#base);
    this.#form = new Form(this);
    this.addEventListener('dragover', (event) => this.#over(event, true));
    this.addEventListener('dragleave', (event) => this.#over(event, false));
    this.addEventListener('drop', (event) => this.#drop(event));
  }

  /** A verifier that is ready. With one, `policy`, `trust` and `status` are not needed. */
  get verifier(): Verifier | undefined {
    return this.#tools.given;
  }

  set verifier(verifier: Verifier | undefined) {
    this.#tools.given = verifier;
    this.#warm();
  }

  /** What is known about the case. Setting it while a decision is shown decides again. */
  get case(): Case | undefined {
    return this.#case;
  }

  set case(given: Case | undefined) {
    this.#case = given;
    if (this.#decision) this.#decide();
  }

  /** The texts; by default those of the package in the language of the element. */
  get catalogue(): Catalogue | undefined {
    return this.#catalogue;
  }

  set catalogue(catalogue: Catalogue | undefined) {
    this.#catalogue = catalogue;
    void this.#translate();
  }

  /** The last decision, until {@link reset}. */
  get decision(): Decision | undefined {
    return this.#decision;
  }

  /** The presentation that was decided about, for the server that decides. */
  get presentation(): Uint8Array | undefined {
    return this.#presentation?.slice();
  }

  /** The form around it. */
  get form(): HTMLFormElement | null {
    return this.#form.internals?.form ?? null;
  }

  get name(): string {
    return this.getAttribute('name') ?? '';
  }

  get validity(): ValidityState | undefined {
    return this.#form.internals?.validity;
  }

  get validationMessage(): string {
    return this.#form.internals?.validationMessage ?? '';
  }

  checkValidity(): boolean {
    return this.#form.internals?.checkValidity() ?? true;
  }

  reportValidity(): boolean {
    return this.#form.internals?.reportValidity() ?? true;
  }

  /** Opens the camera. */
  open(): void {
    void this.#film(true);
  }

  /** Forgets the presentation and the decision, and shows the ways in. */
  reset(): void {
    this.#clear();
    this.#show('ways');
    this.#form.set(undefined, undefined);
  }

  /**
   * Checks a presentation that the page has got by another way, and shows the decision.
   *
   * @throws {LiangzhengError} as {@link Verifier.check}, and `verifier-missing`.
   */
  async check(bytes: Bytes): Promise<Decision> {
    return this.#check(bytes, false);
  }

  connectedCallback(): void {
    for (const name of PROPERTIES) this.#upgrade(name);
    const { signal } = (this.#alive = new AbortController());
    const page = this.ownerDocument;
    page.addEventListener('keydown', (event) => this.#keys.press(event), { signal, capture: true });
    page.addEventListener('paste', (event) => this.#pasted(event), { signal });
    const languages = new MutationObserver(() => void this.#translate());
    languages.observe(page, { subtree: true, attributes: true, attributeFilter: ['lang'] });
    signal.addEventListener('abort', () => languages.disconnect());
    void this.#translate();
    this.#warm();
    if (this.getAttribute('start') === 'camera' && this.#phase === 'ways' && !this.#disabled) void this.#film(false);
  }

  disconnectedCallback(): void {
    this.#alive?.abort();
    this.#stop();
    this.#forgetPortrait();
    if (this.#phase === 'camera') this.#phase = 'ways';
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (name === 'lang') void this.#translate();
    else if (name === 'name') this.#form.set(this.#presentation, this.#decision);
    else if (name === 'case') this.#read(after);
    else {
      this.#tools.forget();
      this.#warm();
    }
  }

  formResetCallback(): void {
    this.reset();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#disabled = disabled;
    this.#base.inert = disabled;
    if (disabled && this.#phase === 'camera') {
      this.#stop();
      this.#show('ways');
    }
  }

  /** Takes what was set on the element before it was one. */
  #upgrade(name: (typeof PROPERTIES)[number]): void {
    const own = Object.getOwnPropertyDescriptor(this, name);
    if (!own || !('value' in own) || !(name in LicenceCheck.prototype)) return;
    delete (this as Record<string, unknown>)[name];
    (this as Record<string, unknown>)[name] = own.value;
  }

  #read(text: string | null): void {
    try {
      this.case = text ? (JSON.parse(text) as Case) : undefined;
    } catch {
      this.#fail(new LiangzhengError('case-form', 'the attribute `case` is no JSON'), false);
    }
  }

  #emit<Name extends keyof LicenceCheckEvents>(name: Name, detail: LicenceCheckEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  async #translate(): Promise<void> {
    if (!this.isConnected) return;
    const tag = tagOf(this);
    const given = this.#catalogue;
    try {
      const catalogue = given ?? (await catalogueOf(tag));
      if (given !== this.#catalogue || (!given && tag !== tagOf(this))) return;
      if (this.#words?.catalogue === catalogue) return;
      this.#words = new Words(catalogue);
    } catch (error) {
      this.#emit('error', new LiangzhengError('source-unreachable', `the texts in ${tag}`, { cause: error }));
      return;
    }
    this.#base.lang = this.#words.catalogue.tag;
    this.#base.setAttribute('aria-label', this.#words.say('label'));
    this.#form.message = this.#words.say('value-missing');
    this.#form.set(this.#presentation, this.#decision);
    this.#render();
  }

  /** Loads what a check needs, before it is needed: once for all attributes and properties that are set together. */
  #warm(): void {
    if (this.#warming) return;
    this.#warming = true;
    queueMicrotask(() => {
      this.#warming = false;
      if (!this.isConnected || !this.#tools.set) return;
      this.#tools.verifier().catch((error: unknown) => this.#fail(error, false));
    });
  }

  async #film(own: boolean): Promise<void> {
    if (this.#disabled) return;
    // What pictures showed of a moving code may be completed by the camera.
    this.#clear(this.#told.parts !== undefined);
    this.#form.set(undefined, undefined);
    const run = this.#run;
    const camera = (this.#camera = new Camera());
    this.#byCamera = true;
    this.#show('camera', own ? 'close' : undefined);
    try {
      const { reader } = await this.#tools.read();
      if (run !== this.#run) return;
      let said = '';
      const payload = await camera.read(reader, (progress, hint) => {
        if (run !== this.#run || !this.#words) return;
        if (progress.state !== 'idle') this.#emit('progress', progress);
        // Half of the frames, and each hint, once.
        const half = progress.state === 'receiving' && progress.received * 2 >= progress.needed;
        const key = hint ?? (progress.state === 'receiving' ? `receiving ${half}` : progress.state);
        if (key !== said && key !== 'idle') this.#say(camera.text(this.#words));
        said = key;
      });
      if (run !== this.#run) return;
      await this.#check(payload, true);
    } catch (error) {
      if (run !== this.#run) return;
      this.#stop();
      this.#fail(error, true);
    }
  }

  async #handIn(given: HandedIn | Promise<HandedIn>): Promise<void> {
    if (this.#disabled) return;
    const parts = this.#told.parts;
    if (this.#phase !== 'ways') this.#clear();
    else this.#stop();
    const run = this.#run;
    this.#told = { trouble: undefined, parts, digits: undefined };
    try {
      const handed = await given;
      if (run !== this.#run) return;
      this.#show('reading', 'title');
      const { reader, digits } = await this.#tools.read();
      const got = await read(handed, reader, digits, (progress) => this.#progress(progress, run));
      if (run !== this.#run) return;
      if ('payload' in got) {
        await this.#check(got.payload, true);
        return;
      }
      this.#told.parts = got;
      this.#show('ways', 'camera');
      if (this.#words) this.#say(this.#words.say('parts', got));
    } catch (error) {
      if (run !== this.#run) return;
      this.#fail(error, true);
    }
  }

  #progress(progress: Progress, run: number): void {
    if (run === this.#run && progress.state !== 'idle') this.#emit('progress', progress);
  }

  async #check(bytes: Bytes, own: boolean): Promise<Decision> {
    this.#clear();
    const run = this.#run;
    const presentation = new Uint8Array(bytes).slice();
    this.#show('checking', own ? 'title' : undefined);
    try {
      const verifier = await this.#tools.verifier();
      const { options, session, seen } = this;
      const decision = await verifier.check(presentation, {
        ...options,
        seen,
        ...(session && { session }),
        case: this.#case ?? options.case ?? {},
      });
      if (run !== this.#run) return decision;
      // A text or a file of something else is a slip, and says nothing about a licence.
      if (own && !this.#byCamera && decision.headline.code === 'headline.not-a-licence') {
        this.#fail(new LiangzhengError('not-a-licence'), true);
        return decision;
      }
      this.#presentation = presentation;
      this.#tell(decision, own ? 'verdict' : undefined);
      return decision;
    } catch (error) {
      if (run === this.#run) this.#fail(error, own);
      throw error;
    }
  }

  /** Decides again about what was verified. */
  #decide(focus?: string): void {
    const known = this.#case ?? this.options.case ?? {};
    try {
      const decision = this.#decision?.with(this.#face ? { ...known, face: this.#face } : known);
      if (decision) this.#tell(decision, focus);
    } catch (error) {
      this.#emit('error', coded(error));
    }
  }

  #tell(decision: Decision, focus?: string): void {
    this.#decision = decision;
    this.#form.set(this.#presentation, decision);
    this.#show('decided', focus);
    if (this.#words) this.#say(announcement(this.#shown(decision), this.#words));
    this.#emit('decision', decision);
  }

  #fail(error: unknown, own: boolean): void {
    const what = coded(error);
    this.#told = { ...this.#told, trouble: what, digits: undefined };
    this.#byCamera = false;
    if (this.#phase !== 'decided') this.#show('ways', own ? 'trouble' : undefined);
    if (this.#words && this.#phase === 'ways') this.#say(this.#body.querySelector('#trouble .what')?.textContent ?? '');
    this.#emit('error', what);
  }

  /** Ends what runs, and forgets what was read; not the parts of a moving code, if they are kept. */
  #clear(keep = false): void {
    this.#stop();
    this.#forgetPortrait();
    if (!keep) this.#tools.reader?.reset();
    this.#decision = this.#presentation = this.#face = undefined;
    this.#unseen = undefined;
    this.#opened = false;
    this.#told = { trouble: undefined, parts: undefined, digits: undefined };
    this.#live.textContent = '';
  }

  #stop(): void {
    this.#run++;
    this.#camera?.close();
    this.#camera = undefined;
  }

  #forgetPortrait(): void {
    if (this.#portrait) URL.revokeObjectURL(this.#portrait);
    this.#portrait = undefined;
  }

  #say(text: string): void {
    this.#live.textContent = text;
  }

  #shown(decision: Decision) {
    const bytes = decision.portrait;
    if (bytes && !this.#portrait && this.isConnected) {
      this.#portrait = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }));
    }
    return { decision, face: this.#face, portrait: this.#portrait, unseen: this.#unseen, open: this.#opened };
  }

  #show(phase: Phase, focus?: string): void {
    this.#phase = phase;
    this.#form.state(phase === 'decided' ? (this.#decision?.outcome ?? '') : phase);
    this.#render(focus);
  }

  #render(focus?: string): void {
    if (!this.#words) return;
    const before = this.#root.activeElement?.id;
    this.#body.replaceChildren(this.#view(this.#words));
    const id = focus ?? before;
    if (id) this.#body.querySelector<HTMLElement>(`#${id}`)?.focus({ preventScroll: focus === undefined });
  }

  #view(words: Words): HTMLElement {
    switch (this.#phase) {
      case 'camera':
        return this.#camera?.view(words, () => this.#closed()) ?? this.#ways(words);
      case 'reading':
      case 'checking':
        return busy(words, `busy.${this.#phase}`);
      case 'declined':
        return declined(words, () => this.#again());
      case 'decided':
        if (this.#decision) return this.#verdict(this.#decision, words);
    }
    return this.#ways(words);
  }

  #ways(words: Words): HTMLElement {
    return ways(this.#told, words, {
      camera: () => void this.#film(true),
      files: (files) => void this.#handIn({ files, text: '' }),
      paste: () => void this.#handIn(clipboard()),
      cancel: () => this.#cancel(),
      retry: () => this.#retry(),
    });
  }

  #verdict(decision: Decision, words: Words): HTMLElement {
    return verdict(this.#shown(decision), words, {
      face: (answer) => {
        this.#face = answer;
        this.#decide(`face-${answer}`);
      },
      next: () => this.#next(),
      unseen: (why) => {
        this.#unseen = why;
        this.#render();
        this.#say(words.say(`portrait.${why}`));
      },
      toggled: (open) => {
        this.#opened = open;
      },
    });
  }

  /** The next person, by the way of the last one. */
  #next(): void {
    if (this.#byCamera) {
      void this.#film(true);
      return;
    }
    this.reset();
    this.#body.querySelector<HTMLElement>('#camera')?.focus();
  }

  #again(): void {
    this.#clear();
    this.#show('ways', 'camera');
  }

  #closed(): void {
    this.#byCamera = false;
    this.#clear();
    this.#show('ways', 'camera');
  }

  #cancel(): void {
    this.#clear();
    this.#form.set(undefined, undefined);
    this.#show('declined', 'title');
    this.#emit('cancel', undefined);
  }

  #retry(): void {
    this.#told = { ...this.#told, trouble: undefined };
    this.#show('ways', 'camera');
    this.#warm();
  }

  /** Whether something may be handed in. */
  get #listens(): boolean {
    return !this.#disabled && this.#phase !== 'declined';
  }

  /** Takes what a scanner gun has typed. */
  #typed(typed: Typed): void {
    switch (typed.state) {
      case 'complete':
        this.#byCamera = this.#byCamera && this.#phase === 'camera';
        this.#check(typed.payload, true).catch(() => undefined);
        return;
      case 'wrong':
        this.#fail(new LiangzhengError(typed.code), this.#phase !== 'decided');
        return;
      case 'typing':
        if (this.#phase === 'ways') this.#count(typed);
        return;
      case 'none':
        if (!this.#told.digits) return;
        this.#told = { ...this.#told, digits: undefined };
        this.#render();
    }
  }

  /** Counts digits. It runs for every key of a gun, so it does as little as possible. */
  #count(digits: NonNullable<Told['digits']>): void {
    const drawn = this.#told.digits && this.#body.querySelector('#digits');
    this.#told = { trouble: undefined, parts: this.#told.parts, digits };
    if (drawn && this.#words) drawn.textContent = counted(digits, this.#words);
    else this.#render();
  }

  #pasted(event: ClipboardEvent): void {
    const active = this.ownerDocument.activeElement;
    const here = active === this || active === null || active === this.ownerDocument.body;
    if (!this.#listens || !here || inField(event)) return;
    const handed = handedIn(event.clipboardData);
    if (!handed.files.length && !handed.text) return;
    event.preventDefault();
    void this.#handIn(handed);
  }

  #over(event: DragEvent, over: boolean): void {
    if (!this.#listens) return;
    event.preventDefault();
    this.#base.classList.toggle('over', over);
  }

  #drop(event: DragEvent): void {
    if (!this.#listens) return;
    event.preventDefault();
    this.#base.classList.remove('over');
    void this.#handIn(handedIn(event.dataTransfer));
  }
}

export interface LicenceCheck {
  addEventListener<Name extends keyof LicenceCheckEventMap>(
    type: Name,
    listener: (this: LicenceCheck, event: LicenceCheckEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: HTMLElement, event: HTMLElementEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'licence-check': LicenceCheck;
  }
}

function coded(error: unknown): LiangzhengError {
  return error instanceof LiangzhengError ? error : new LiangzhengError('unexpected', '', { cause: error });
}
