/** The camera: its picture, the ring of frames, and one hint at a time. */
import { LiangzhengError } from '../errors.js';
import type { Hint, LicenceReader, Progress } from '../reader/index.js';
import { h, ring, sign } from './dom.js';
import type { Words } from './words.js';

/** Constraint and capability of a lamp, which the types of the platform lack. */
interface Lamp {
  torch?: boolean;
}

/** A camera that is open, or being opened. */
export class Camera {
  /** Survives a change of language: a picture that runs is not opened anew. */
  readonly #video: HTMLVideoElement;
  readonly #abort = new AbortController();
  #lost = false;
  #words: Words | undefined;
  #status: HTMLElement | undefined;
  #count: HTMLElement | undefined;
  #set: ((received: number, needed: number) => void) | undefined;
  #lamp: HTMLButtonElement | undefined;
  #lit = false;
  #progress: Progress | undefined;
  #hint: Hint | undefined;
  #live = false;

  constructor() {
    const video = document.createElement('video');
    video.setAttribute('part', 'video');
    video.className = 'video';
    video.muted = true;
    video.playsInline = true;
    this.#video = video;
  }

  /** Reads until a payload is whole. */
  async read(reader: LicenceReader, tell: (progress: Progress, hint: Hint | undefined) => void): Promise<Uint8Array> {
    this.#video.addEventListener('playing', () => this.#started(), { once: true });
    try {
      return await reader.fromCamera(this.#video, {
        signal: this.#abort.signal,
        onProgress: (progress, hint) => {
          if (progress.state !== 'idle') this.#progress = progress;
          this.#hint = hint;
          this.#draw();
          tell(progress, hint);
        },
      });
    } catch (error) {
      throw this.#lost ? new LiangzhengError('camera-lost', '', { cause: error }) : error;
    }
  }

  /** Closes the camera. */
  close(): void {
    this.#abort.abort();
  }

  /** Returns the view. */
  view(words: Words, close: () => void): HTMLElement {
    this.#words = words;
    const { node, set } = ring();
    this.#set = set;
    this.#video.setAttribute('aria-label', words.say('camera.live'));
    this.#status = h('p', { part: 'hint' });
    this.#count = h('p', { class: 'count' });
    this.#lamp = h('button', { type: 'button', part: 'button', hidden: true, id: 'light', onclick: () => this.#light() }, sign('light'), words.say('camera.light'));
    const stage = h(
      'div',
      { part: 'stage' },
      this.#video,
      h('div', { class: 'frame', 'aria-hidden': true }),
      h('div', { class: 'told' }, h('div', { class: 'rings' }, node, this.#count), this.#status),
    );
    const stop = h('button', { type: 'button', part: 'button', id: 'close', onclick: close }, words.say('camera.close'));
    this.#draw();
    // A video that was taken out of the document to be put elsewhere stands still.
    if (this.#live) queueMicrotask(() => void this.#video.play().catch(() => undefined));
    return h('div', { class: 'camera' }, stage, h('div', { class: 'row' }, stop, this.#lamp));
  }

  #started(): void {
    this.#live = true;
    const track = (this.#video.srcObject as MediaStream | null)?.getVideoTracks()[0];
    track?.addEventListener('ended', () => {
      this.#lost = true;
      this.#abort.abort();
    });
    this.#draw();
  }

  #draw(): void {
    const words = this.#words;
    if (!words || !this.#status || !this.#count) return;
    const progress = this.#progress;
    const [received, needed] = progress?.state === 'receiving' ? [progress.received, progress.needed] : [0, 0];
    this.#set?.(received, needed);
    this.#count.textContent = needed ? `${received}/${needed}` : '';
    this.#status.textContent = this.text(words);
    const track = (this.#video.srcObject as MediaStream | null)?.getVideoTracks()[0];
    let torch: boolean | undefined;
    try {
      torch = (track?.getCapabilities?.() as Lamp | undefined)?.torch;
    } catch {
      torch = false;
    }
    if (this.#lamp) {
      this.#lamp.hidden = !torch;
      this.#lamp.setAttribute('aria-pressed', String(this.#lit));
    }
  }

  /** The one thing to say now. */
  text(words: Words): string {
    if (!this.#live) return words.say('camera.asking');
    // A hint comes only while nothing is read; the ring keeps the count.
    if (this.#hint) return words.say(`hint.${this.#hint}`);
    const progress = this.#progress;
    if (progress?.state === 'receiving') return words.say('camera.reading', { received: progress.received, needed: progress.needed });
    return words.say(progress?.state === 'foreign' ? 'camera.foreign' : 'camera.looking');
  }

  async #light(): Promise<void> {
    const track = (this.#video.srcObject as MediaStream | null)?.getVideoTracks()[0];
    try {
      await track?.applyConstraints({ advanced: [{ torch: !this.#lit } as MediaTrackConstraintSet] });
      this.#lit = !this.#lit;
    } catch {
      // The lamp is another program's; the picture goes on.
    }
    this.#draw();
  }
}
