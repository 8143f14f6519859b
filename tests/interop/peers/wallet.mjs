// What the wallets of the npm libraries have in common.
import { encode } from "../support/cbor.mjs";
import { NOW } from "../support/certificates.mjs";
import { oneWayInfo, transcripts } from "../support/transcripts.mjs";

/** Returns a presentation by a library's `present` for a session. */
export async function presentedBy(present, session, { issuerSigned, iaca }) {
  const transcript = encode(transcripts[session](oneWayInfo(NOW)));
  return { deviceResponse: await present(issuerSigned, { transcript }), transcript, iaca };
}
