/** What a file must give. */
export type Verdict = 'accepted' | 'refused' | 'fail' | 'undetermined';

/** One file. `VECTORS.md` explains each field. */
export interface Vector {
  rule: string;
  kind: string;
  /** Its path, for {@link read}. */
  file: string;
  description: string;
  /** The verifier's clock, in seconds since 1970. */
  at: number;
  clock_floor: number;
  verdict: Verdict;
  /** The code of this project that gives the reason. */
  code: string | null;
  codes: string[];
  clause: string | null;
  step: string | null;
  layer: string | null;
  threat: string | null;
  given?: Record<string, unknown>;
}

/** Every file, and what is trusted. */
export interface Manifest {
  audience: string;
  trust: { certificate: string; doc_type: string | null; revocation_list: string | null; revoked: string | null }[];
  trust_list: string;
  list_root: string;
  reader_authority: string;
  vectors: Vector[];
}

export declare const manifest: Manifest;
/** See the section on policy cases of `VECTORS.md`. */
export declare const policyCases: { policies: Record<string, string>; persons: Record<string, unknown>; cases: unknown[] };
/** Returns the bytes of a file, by its path in the manifest. */
export declare function read(file: string): Promise<Uint8Array>;
