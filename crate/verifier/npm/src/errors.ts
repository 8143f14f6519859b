/**
 * A call that cannot be carried out: a policy that is refused, a file of trust that is none, a store that failed.
 *
 * It is never a verdict on a person. Any presentation gives a {@link Decision}.
 */
export class LiangzhengError extends Error {
  override readonly name = 'LiangzhengError';

  /** The stable code, in kebab case, such as `policy-json`. */
  readonly code: string;

  /** What it is about, for the log of a developer; no value of a licence. */
  readonly detail: string;

  constructor(code: string, detail = '', options?: ErrorOptions) {
    super(detail ? `${code}: ${detail}` : code, options);
    this.code = code;
    this.detail = detail;
  }
}

/** Returns what the module refused as an error. @internal */
export function refused(reason: unknown): LiangzhengError {
  if (typeof reason === 'string') {
    try {
      const { code, detail } = JSON.parse(reason) as { code: string; detail: string };
      return new LiangzhengError(code, detail);
    } catch {
      return new LiangzhengError(reason);
    }
  }
  return new LiangzhengError('module', 'the module ended', { cause: reason });
}
