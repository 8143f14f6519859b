// Direction two: we issue and present by the command line, and every other library verifies.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { auth0 } from "./peers/auth0.mjs";
import { ours } from "./peers/ours.mjs";
import { owf } from "./peers/owf.mjs";
import { isomdoc, pymdoccbor } from "./peers/python.mjs";
import { encode } from "./support/cbor.mjs";
import { authority } from "./support/certificates.mjs";
import { refusal } from "./support/measure.mjs";
import { transcripts } from "./support/transcripts.mjs";
import { licenceOf } from "./support/ways.mjs";

const PEERS = [owf, auth0, isomdoc, pymdoccbor];
const skip = ours.missing ?? false;

/** Returns why a library cannot run, or `false`. */
function unable(peer, wallet, session) {
  if (peer === owf && !owf.presents.includes(session)) return "the library cannot read this handover";
  if (peer === isomdoc && wallet === auth0) return "the library refuses the kid that this wallet has to write: see docs/conformance.md";
  return peer.missing ?? false;
}

for (const issuer of [ours, ...PEERS]) {
  const wallets = issuer === ours ? [ours, owf, auth0] : [ours];
  describe(`issued by ${issuer.name}`, { skip: issuer.missing ?? skip }, () => {
    let licence;
    for (const wallet of wallets) {
      describe(`presented by ${wallet.name}`, () => {
        for (const session of wallet.presents) {
          for (const peer of PEERS) {
            test(`${session}, verified by ${peer.name}`, { skip: unable(peer, wallet, session) }, async () => {
              licence ??= await licenceOf(issuer);
              const presentation = await wallet.presentIn(session, licence);
              assert.equal(await refusal(peer, presentation), null);
              const other = encode(transcripts[session === "openid4vp" ? "openid4vpDcApi" : "openid4vp"]());
              if (!peer.cannot.device) assert.notEqual(await refusal(peer, { ...presentation, transcript: other }), null);
              const { iaca } = authority({ label: "stranger" });
              if (!peer.cannot.chain) assert.notEqual(await refusal(peer, { ...presentation, iaca }), null);
            });
          }
        }
      });
    }
  });
}
