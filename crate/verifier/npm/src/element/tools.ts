/** What a check needs, loaded once and when it is needed: the verifier of the attributes, and the reader. */
import type { VerifierCore as Verifier } from '../core.js';
import { LiangzhengError } from '../errors.js';
import type { LicenceReader } from '../reader/index.js';
import type { Digits } from './gun.js';

/** The verifier and the reader of an element. */
export class Tools {
  /** The verifier that the page gives. */
  given: Verifier | undefined;
  /** The reader, once it is loaded. */
  reader: LicenceReader | undefined;
  /** What reads digits, once the reader is loaded. */
  digits: Digits | undefined;
  #made: Promise<Verifier> | undefined;
  #loading: Promise<LicenceReader> | undefined;

  constructor(readonly element: Element) {}

  /** Whether a verifier can be had. */
  get set(): boolean {
    return this.given !== undefined || this.element.hasAttribute('policy');
  }

  /** Forgets the verifier of the attributes: they have changed. */
  forget(): void {
    this.#made = undefined;
  }

  /** Returns the verifier. A failure is forgotten, and the next call tries again. */
  verifier(): Promise<Verifier> {
    if (this.given) return Promise.resolve(this.given);
    const making = (this.#made ??= this.#make());
    making.catch(() => {
      if (this.#made === making) this.#made = undefined;
    });
    return making;
  }

  async #make(): Promise<Verifier> {
    const urls = (name: string) => (this.element.getAttribute(name) ?? '').split(/\s+/).filter(Boolean);
    const policy = this.element.getAttribute('policy');
    const [trust, status] = [urls('trust'), urls('status')];
    if (!policy || !trust.length) throw new LiangzhengError('verifier-missing', 'set `verifier`, or `policy` and `trust`');
    const { Verifier } = await import('../index.js');
    return Verifier.create({ policy, trust, status });
  }

  /** Returns the reader. A failure is forgotten, and the next call tries again. */
  async read(): Promise<{ reader: LicenceReader; digits: Digits }> {
    const loading = (this.#loading ??= import('../reader/index.js').then(({ LicenceReader: Class }) => {
      this.digits = Class;
      return Class.create();
    }));
    try {
      const reader = (this.reader = await loading);
      return { reader, digits: this.digits as Digits };
    } catch (error) {
      if (this.#loading === loading) this.#loading = undefined;
      throw error instanceof LiangzhengError ? error : new LiangzhengError('module', 'the reader cannot be loaded', { cause: error });
    }
  }
}
