/**
 * Asks a wallet by a QR code for what a policy needs, and opens its encrypted answer.
 *
 * On a website the server makes the nonce, this page asks with it and posts the answer, and the server's `check` decides: what the
 * page itself says proves nothing to the server.
 *
 * @packageDocumentation
 */
import { coded, sideModule } from './side.js';
import type { PolicyDocument, Session, Source } from './types.js';
import init, * as wasm from './wasm/question.js';

const start = sideModule('question.wasm', (bytes) => init({ module_or_path: bytes }));

function document(policy: PolicyDocument): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(policy));
}

/** Options of {@link WalletQuestion.ask}. */
export interface QuestionOptions {
  /** What is asked. */
  policy: PolicyDocument;
  /** 16 random bytes of whoever decides: a server's, or this page's own at a counter. */
  nonce: Uint8Array;
  /** The https address to which the answer is bound. A server that decides knows it. */
  responseUri: string;
  now?: Date;
  /** `question.wasm`, where it is not beside the script. */
  wasm?: Source;
}

/** Returns the DCQL query of a policy (OpenID4VP 1.0, 6), for another transport such as the Digital Credentials API. */
export async function queryOf(policy: PolicyDocument): Promise<unknown> {
  await start();
  return JSON.parse(coded(() => wasm.query(document(policy))));
}

/** A question that is shown as a moving or still QR code, and answered once. */
export class WalletQuestion {
  /** The values of the session, for `check`. A server uses its own nonce and address, and of these the thumbprint alone. */
  readonly session: Extract<Session, { kind: 'openid4vp' }> & { jwkThumbprint: string };
  /** When no answer is taken any more. */
  readonly until: Date;
  /** How many frames a wallet needs. Show the frames 0, 1, 2, … in turns, about seven a second; 1 stands still. */
  readonly needed: number;
  /** The question as bytes, for a link that is not a screen. */
  readonly payload: Uint8Array;

  readonly #wasm: wasm.Question;

  private constructor(question: wasm.Question) {
    this.#wasm = question;
    this.session = JSON.parse(question.session()) as typeof this.session;
    this.until = new Date(question.until * 1000);
    this.needed = question.needed;
    this.payload = question.payload;
  }

  /**
   * Makes a question.
   *
   * @throws {LiangzhengError} `question-nonce`, `question-response-uri`, or the code of a policy that is refused.
   */
  static async ask(options: QuestionOptions): Promise<WalletQuestion> {
    const { policy, nonce, responseUri, now = new Date() } = options;
    await start(options.wasm);
    const seconds = Math.floor(now.getTime() / 1000);
    return new WalletQuestion(coded(() => new wasm.Question(document(policy), nonce, responseUri, seconds)));
  }

  /** Returns a frame: `size` × `size` modules, `true` where one is dark. Four light modules belong around it. */
  frame(number: number): { size: number; dark: boolean[] } {
    const [size = 0, ...modules] = coded(() => this.#wasm.frame(number));
    return { size, dark: modules.map((module) => module === 1) };
  }

  /**
   * Opens the answer, a payload that a reader returned. The first one ends the question.
   *
   * @throws {LiangzhengError} `answer-late`, `answer-seen`, `answer-other-request` and other codes.
   */
  open(payload: Uint8Array, now = new Date()): Uint8Array {
    return coded(() => {
      const answer = this.#wasm.open(payload, now.getTime() / 1000);
      const response = answer.device_response;
      answer.free();
      return response;
    });
  }
}
