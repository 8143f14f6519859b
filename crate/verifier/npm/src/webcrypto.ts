import type { Question } from './wasm/verifier.js';

/** Right, wrong, or cannot be said by this runtime. */
type Answer = 0 | 1 | 2;

const WRONG: Answer = 0;
const RIGHT: Answer = 1;
const UNKNOWN: Answer = 2;

/** The curves of WebCrypto. Whether this runtime has one is found out by importing its generator. */
const GENERATORS: Record<string, string> = {
  'P-256':
    '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'P-384':
    '04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab73617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f',
  'P-521':
    '0400c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650',
};

const supported = new Map<string, Promise<boolean>>();

function importKey(curve: string, point: Uint8Array): Promise<CryptoKey> {
  const key = point as Uint8Array<ArrayBuffer>;
  return crypto.subtle.importKey('raw', key, { name: 'ECDSA', namedCurve: curve }, false, ['verify']);
}

/** Whether this runtime verifies signatures on a curve, by its name in WebCrypto. */
export function hasCurve(curve: string): Promise<boolean> {
  let known = supported.get(curve);
  if (!known) {
    const hex = GENERATORS[curve];
    const point = Uint8Array.from(hex?.match(/../g) ?? [], (byte) => parseInt(byte, 16));
    known = hex
      ? Promise.resolve()
          .then(() => importKey(curve, point))
          .then(
            () => true,
            () => false,
          )
      : Promise.resolve(false);
    supported.set(curve, known);
  }
  return known;
}

async function one(question: Question): Promise<Answer> {
  const { curve, hash, key, message, signature } = question;
  question.free();
  if (!(curve in GENERATORS) || !(await hasCurve(curve))) return UNKNOWN;
  let imported: CryptoKey;
  try {
    imported = await importKey(curve, key);
  } catch {
    // An uncompressed point that a runtime with this curve refuses is not on it. Not every runtime reads compressed ones.
    return key[0] === 4 ? WRONG : UNKNOWN;
  }
  try {
    const right = await crypto.subtle.verify(
      { name: 'ECDSA', hash },
      imported,
      signature as Uint8Array<ArrayBuffer>,
      message as Uint8Array<ArrayBuffer>,
    );
    return right === true ? RIGHT : WRONG;
  } catch {
    return UNKNOWN;
  }
}

/** Answers questions by WebCrypto, at the same time. @internal */
export async function answer(questions: Question[]): Promise<Uint8Array> {
  return Uint8Array.from(await Promise.all(questions.map(one)));
}
