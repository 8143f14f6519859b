/**
 * People of the demo, whose licences and keys are public: try your pages and your policy without a phone.
 *
 * Trust {@link DemoHolder.trust} in tests only: everybody can make licences of this authority.
 *
 * @packageDocumentation
 */
import { coded, sideModule } from './side.js';
import type { PolicyDocument, Source } from './types.js';
import init, * as wasm from './wasm/testing.js';

const start = sideModule('testing.wasm', (bytes) => init({ module_or_path: bytes }));

/** A person of the demo. */
export interface DemoPerson {
  id: string;
  /** The name, in the characters of the document. */
  name: string;
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

function document(policy: PolicyDocument): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(policy));
}

/** A holder who presents at once. */
export class DemoHolder {
  private constructor() {}

  /** Loads the module, `testing.wasm` beside this script unless it is given. */
  static async create(module?: Source): Promise<DemoHolder> {
    await start(module);
    return new DemoHolder();
  }

  /**
   * Returns the people: `lin` is an ordinary driver, `zhao` drives lorries, `xu` is a novice, `gao` suspended, `wei` has 12 points,
   * `shen` is 71, `bai` has an extension; `erika-de` has a German and `erika-us` a licence of Utah.
   */
  people(): DemoPerson[] {
    return wasm.people().map((id) => ({ id, name: coded(() => wasm.name(id)) }));
  }

  /** Returns the root certificates of the demo authority and of the test authorities of other countries, in PEM. */
  trust(): Uint8Array {
    return coded(() => wasm.trust());
  }

  /** Returns the status list of the demo authority for a day. */
  status(now = new Date()): Uint8Array {
    return coded(() => wasm.status(seconds(now)));
  }

  /** Presents what a policy asks for, as a one-way code that lives a minute. Returns the payload of the link. */
  present(person: string, policy: PolicyDocument, options: { now?: Date; audience?: string } = {}): Uint8Array {
    const now = seconds(options.now ?? new Date());
    return coded(() => wasm.present(person, document(policy), now, options.audience));
  }

  /** Answers in a session of OpenID4VP 1.0. Returns the DeviceResponse. */
  respond(
    person: string,
    policy: PolicyDocument,
    session: { clientId: string; nonce: string; responseUri: string; now?: Date },
  ): Uint8Array {
    const { clientId, nonce, responseUri, now = new Date() } = session;
    return coded(() =>
      wasm.respond(person, document(policy), wasm.openid4vp(clientId, nonce, responseUri), seconds(now)),
    );
  }

  /** Answers a question of `./question` with everything that it asks for. Returns the payload of the encrypted answer. */
  answer(person: string, question: Uint8Array, now = new Date()): Uint8Array {
    return coded(() => wasm.answer(person, question, seconds(now)));
  }

  /**
   * Draws a frame of a payload, as a wallet shows it.
   *
   * Returns a picture of one channel: `size` × `size` modules, `true` where one is dark, without the quiet zone.
   */
  frame(payload: Uint8Array, number: number): { size: number; dark: boolean[] } {
    const [size = 0, ...modules] = coded(() => wasm.frame(payload, number));
    return { size, dark: modules.map((module) => module === 1) };
  }
}
