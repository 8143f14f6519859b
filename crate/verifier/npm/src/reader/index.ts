/**
 * Reads QR codes in pictures, in the shape of `BarcodeDetector`, and puts the frames of a wallet's moving code together.
 *
 * @packageDocumentation
 */
import { LiangzhengError } from '../errors.js';
import { bytesOf } from '../module.js';
import type { Source } from '../types.js';
import init, { Reader as Wasm, State, is_typed, typed } from '../wasm/reader.js';

/** Most pixels of a picture; a larger one is drawn smaller. */
const MOST_PIXELS = 4096 * 4096;
/** Width to which pictures of a camera are drawn at most. */
const CAMERA_WIDTH = 1280;

/** A code in a picture: as `DetectedBarcode`, and its bytes. */
export interface DetectedCode {
  format: 'qr_code';
  /** What it carries, as text (UTF-8). */
  rawValue: string;
  /** What it carries. */
  bytes: Uint8Array;
  boundingBox: DOMRectReadOnly;
  /** Top left, top right, bottom right, bottom left of the symbol as printed. */
  cornerPoints: { x: number; y: number }[];
}

/** What a picture or a code did. */
export type Progress =
  /** No code that says anything new. */
  | { state: 'idle' }
  /** A code of something else than a licence. */
  | { state: 'foreign' }
  /** A frame of the payload that is being collected. */
  | { state: 'receiving'; received: number; needed: number }
  /** The payload is whole. */
  | { state: 'complete'; payload: Uint8Array };

/** What can be looked at. */
export type Picture = ImageData | HTMLVideoElement | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas | ImageBitmap | Blob;

/** What hinders a camera. */
export type Hint = 'no-code' | 'too-small' | 'blurred' | 'dark' | 'glare' | 'moving';

/** Options of {@link LicenceReader.fromCamera}. */
export interface CameraOptions {
  /** Ends the reading. */
  signal: AbortSignal;
  /** Called with the progress after each picture that says something, and with what hinders the reading. */
  onProgress?: (progress: Progress, hint: Hint | undefined) => void;
  /** Which camera; by default the one at the back. */
  deviceId?: string;
}

let ready: Promise<unknown> | undefined;

async function beside(): Promise<Source> {
  return new URL('../reader.wasm', import.meta.url);
}

/** Reads codes. One reader is for one camera. */
export class LicenceReader {
  readonly #wasm = new Wasm();
  #canvas: OffscreenCanvas | HTMLCanvasElement | undefined;

  private constructor() {}

  /** Loads the module, `reader.wasm` beside this script unless it is given. */
  static async create(module?: Source): Promise<LicenceReader> {
    ready ??= bytesOf(module ?? (await beside()))
      .then((bytes) => init({ module_or_path: bytes }))
      .catch((error: unknown) => {
        ready = undefined;
        throw error;
      });
    await ready;
    return new LicenceReader();
  }

  /** Returns the formats, as `BarcodeDetector.getSupportedFormats`. */
  static async getSupportedFormats(): Promise<['qr_code']> {
    return ['qr_code'];
  }

  /**
   * Returns all QR codes of a picture, as `BarcodeDetector.detect`. A file is looked at longer than a picture of a video.
   *
   * @throws {LiangzhengError} `picture-unreadable` if the picture cannot be drawn.
   */
  async detect(picture: Picture): Promise<DetectedCode[]> {
    const { data, width, height } = await this.#pixels(picture);
    const rgba = data as unknown as Uint8Array;
    const codes = isVideo(picture)
      ? this.#wasm.look(rgba, width, height, performance.now())
      : this.#wasm.look_still(rgba, width, height);
    return codes.map((code) => {
      const { bytes, corners } = code;
      code.free();
      const points = [0, 2, 4, 6].map((at) => ({ x: corners[at] ?? 0, y: corners[at + 1] ?? 0 }));
      const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      return {
        format: 'qr_code' as const,
        rawValue: new TextDecoder().decode(bytes),
        bytes,
        boundingBox: new DOMRectReadOnly(left, top, Math.max(...xs) - left, Math.max(...ys) - top),
        cornerPoints: points,
      };
    });
  }

  /** Takes what a code carries. */
  accept(bytes: Uint8Array): Progress {
    switch (this.#wasm.accept(bytes, performance.now())) {
      case State.Receiving:
        return { state: 'receiving', received: this.#wasm.received, needed: this.#wasm.needed };
      case State.Complete:
        return { state: 'complete', payload: this.#wasm.payload() ?? new Uint8Array() };
      case State.Foreign:
        return { state: 'foreign' };
      default:
        return { state: 'idle' };
    }
  }

  /** Looks at a picture, and takes every code in it. */
  async look(picture: Picture): Promise<Progress> {
    let best: Progress = { state: 'idle' };
    const rank = { idle: 0, foreign: 1, receiving: 2, complete: 3 };
    for (const { bytes } of await this.detect(picture)) {
      const progress = this.accept(bytes);
      if (rank[progress.state] >= rank[best.state]) best = progress;
      if (best.state === 'complete') break;
    }
    return best;
  }

  /** Returns what hinders the camera. */
  get hint(): Hint | undefined {
    return this.#wasm.hint as Hint | undefined;
  }

  /** Returns the payload in the digits that a scanner gun typed; `undefined` if they are none. */
  static typed(digits: string): Uint8Array | undefined {
    return typed(digits);
  }

  /** Whether these first characters may be those of a scanner gun. */
  static beginsTyped(digits: string): boolean {
    return is_typed(digits);
  }

  /** Forgets what was collected. */
  reset(): void {
    this.#wasm.reset();
  }

  /**
   * Opens the camera in a `<video>`, reads until a payload is whole, and closes it.
   *
   * @throws {LiangzhengError} `camera-refused`, `camera-missing`, `camera-failed`, or `aborted` by the signal.
   */
  async fromCamera(video: HTMLVideoElement, options: CameraOptions): Promise<Uint8Array> {
    const { signal, onProgress, deviceId } = options;
    if (signal.aborted) throw new LiangzhengError('aborted');
    const stream = await camera(deviceId);
    const stop = () => stream.getTracks().forEach((track) => track.stop());
    try {
      if (signal.aborted) throw new LiangzhengError('aborted');
      video.srcObject = stream;
      video.muted = true;
      video.playsInline = true;
      await video.play();
      for (;;) {
        await picture(video, signal);
        const progress = await this.look(video);
        onProgress?.(progress, this.hint);
        if (progress.state === 'complete') return progress.payload;
      }
    } finally {
      stop();
      video.srcObject = null;
    }
  }

  async #pixels(picture: Picture): Promise<ImageData> {
    if (picture instanceof ImageData) return picture;
    let source: CanvasImageSource;
    try {
      source = picture instanceof Blob ? await createImageBitmap(picture) : picture;
    } catch (error) {
      throw new LiangzhengError('picture-unreadable', '', { cause: error });
    }
    let [width, height] = sizeOf(source);
    const most = isVideo(picture) ? (CAMERA_WIDTH * CAMERA_WIDTH * height) / Math.max(width, 1) : MOST_PIXELS;
    const scale = Math.min(1, Math.sqrt(most / Math.max(width * height, 1)));
    [width, height] = [Math.round(width * scale), Math.round(height * scale)];
    if (!width || !height) throw new LiangzhengError('picture-unreadable');
    const canvas = (this.#canvas ??=
      typeof OffscreenCanvas === 'function' ? new OffscreenCanvas(1, 1) : document.createElement('canvas'));
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D | null;
    if (!context) throw new LiangzhengError('picture-unreadable', 'no canvas');
    context.drawImage(source, 0, 0, width, height);
    if (source instanceof ImageBitmap && picture instanceof Blob) source.close();
    return context.getImageData(0, 0, width, height);
  }
}

function isVideo(picture: Picture): boolean {
  return typeof HTMLVideoElement === 'function' && picture instanceof HTMLVideoElement;
}

function sizeOf(source: CanvasImageSource): [number, number] {
  if (typeof HTMLVideoElement === 'function' && source instanceof HTMLVideoElement) {
    return [source.videoWidth, source.videoHeight];
  }
  if (typeof HTMLImageElement === 'function' && source instanceof HTMLImageElement) {
    return [source.naturalWidth, source.naturalHeight];
  }
  const { width, height } = source as { width: number; height: number };
  return [width, height];
}

async function camera(deviceId: string | undefined): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new LiangzhengError('camera-missing');
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'environment' };
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    const name = (error as DOMException).name;
    const code =
      name === 'NotAllowedError' ? 'camera-refused' : name === 'NotFoundError' ? 'camera-missing' : 'camera-failed';
    throw new LiangzhengError(code, '', { cause: error });
  }
}

/** Waits for the next picture of a video. */
function picture(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new LiangzhengError('aborted'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    const done = () => {
      signal.removeEventListener('abort', abort);
      resolve();
    };
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(done);
    else requestAnimationFrame(done);
  });
}
