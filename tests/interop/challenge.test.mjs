// Questions and answers by the optical link: other libraries read ours, and we open what another library encrypted.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { calculateX509HashClientIdPrefixValue, resolveOpenid4vpAuthorizationRequest } from "@openid4vc/openid4vp";
import { DcqlQuery } from "dcql";
import { CompactEncrypt, compactDecrypt, compactVerify, decodeProtectedHeader, importJWK } from "jose";

const vectors = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../docs/challenge.json")));
const program = process.env.LIANGZHENG_CHALLENGE;
const skip = program ? false : "LIANGZHENG_CHALLENGE names no program: cargo xtask test --only interop builds it";
const json = (text) => JSON.parse(Buffer.from(text, "base64url"));
const certificate = new X509Certificate(Buffer.from(vectors.reader_certificate, "base64"));
const hash = (bytes) => createHash("sha256").update(bytes).digest();

/** The library accepts only the standard's response modes. Ours is replaced by one of them; the library checks the rest. */
const knownMode = (request) => ({ ...request, response_mode: "direct_post.jwt" });
const unreachable = () => assert.fail("nothing is fetched or decrypted");

describe("@openid4vc/openid4vp", () => {
  const callbacks = { fetch: unreachable, decryptJwe: unreachable, hash: async (bytes) => hash(bytes) };

  test("reads the unsigned request", async () => {
    const request = JSON.parse(vectors.unsigned.request);
    assert.equal(request.response_mode, "org.liangzheng.qr.jwt");
    await assert.rejects(resolveOpenid4vpAuthorizationRequest({ authorizationRequestPayload: request, callbacks }));
    const seen = await resolveOpenid4vpAuthorizationRequest({ authorizationRequestPayload: knownMode(request), callbacks });
    assert.deepEqual([seen.client.prefix, seen.client.identifier], ["redirect_uri", "https://verifier.example/verify/"]);
    assert.deepEqual(seen.dcql.query, request.dcql_query);
  });

  test("reads the signed request, whose signature jose verifies", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: vectors.now * 1000 });
    const [header, payload, signature] = vectors.signed.request.split(".");
    const { protectedHeader } = await compactVerify(vectors.signed.request, certificate.publicKey);
    assert.equal(protectedHeader.typ, "oauth-authz-req+jwt");
    const request = json(payload);
    const x509Certificate = protectedHeader.x5c[0];
    const own = await calculateX509HashClientIdPrefixValue({ x509Certificate, hash: callbacks.hash });
    assert.equal(request.client_id, `x509_hash:${own}`);

    const retold = `${header}.${Buffer.from(JSON.stringify(knownMode(request))).toString("base64url")}.${signature}`;
    let asked = 0;
    const verifyJwt = async ({ x5c }, jwt) => {
      asked += 1;
      // the signature was verified above, over the request as it was sent
      assert.deepEqual([x5c, jwt.compact], [[x509Certificate], retold]);
      return { verified: true, signerJwk: certificate.publicKey.export({ format: "jwk" }) };
    };
    const seen = await resolveOpenid4vpAuthorizationRequest({
      authorizationRequestPayload: { client_id: request.client_id, request: retold },
      callbacks: { ...callbacks, verifyJwt, getX509CertificateMetadata: unreachable },
    });
    assert.deepEqual([seen.client.prefix, seen.client.identifier, asked], ["x509_hash", own, 1]);
  });
});

test("dcql finds in a licence what is asked", () => {
  for (const request of [JSON.parse(vectors.unsigned.request), json(vectors.signed.request.split(".")[1])]) {
    const query = DcqlQuery.parse(request.dcql_query);
    DcqlQuery.validate(query);
    const licence = (namespaces) => ({
      credential_format: "mso_mdoc", doctype: "org.iso.18013.5.1.mDL", namespaces, cryptographic_holder_binding: true,
    });
    const portrait = { "org.liangzheng.edl.1.CN": { portrait_small: "jpeg" } };
    const whole = licence({ "org.iso.18013.5.1": { age_over_18: true }, ...portrait });
    assert.equal(DcqlQuery.query(query, [whole]).can_be_satisfied, true);
    assert.equal(DcqlQuery.query(query, [licence(portrait)]).can_be_satisfied, false);
  }
});

for (const name of ["signed", "unsigned"]) {
  test(`jose decrypts our answer to the ${name} request`, async () => {
    const { key, answer } = vectors[name];
    const { plaintext } = await compactDecrypt(answer.jwe, await importJWK(key, "ECDH-ES"));
    const { vp_token } = JSON.parse(new TextDecoder().decode(plaintext));
    assert.deepEqual(Object.keys(vp_token), ["licence"]);
    assert.equal(vp_token.licence.length, 1);
    await assert.rejects(compactDecrypt(`${answer.jwe.slice(0, -2)}AA`, await importJWK(key, "ECDH-ES")));
  });
}

describe("we open what jose encrypted", { skip }, () => {
  const open = (jwe) =>
    new Promise((resolve, reject) => {
      const child = execFile(program, ["open"], (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout))));
      child.stdin.end(jwe);
    });
  const { key, answer } = vectors.signed;
  const { kid } = decodeProtectedHeader(answer.jwe);
  const encrypted = async (header, parties = {}) => {
    const { plaintext } = await compactDecrypt(answer.jwe, await importJWK(key, "ECDH-ES"));
    const { d: _, ...recipient } = key;
    const jwe = new CompactEncrypt(plaintext).setProtectedHeader({ alg: "ECDH-ES", kid, ...header });
    return jwe.setKeyManagementParameters(parties).encrypt(await importJWK(recipient, "ECDH-ES"));
  };
  const party = (text) => new TextEncoder().encode(text);

  for (const enc of ["A128GCM", "A256GCM"]) {
    for (const parties of [{}, { apu: party("Alice"), apv: party("Bob") }]) {
      test(`${enc}, parties named: ${Object.keys(parties).length > 0}`, async () => {
        const verdict = await open(await encrypted({ enc }, parties));
        assert.deepEqual([verdict.colour, verdict.codes.includes("fresh-by-answer")], ["green", true]);
      });
    }
  }

  test("what is not for this question, or not in this way, is refused", async () => {
    const codes = async (header) => (await open(await encrypted(header))).codes[0];
    assert.equal(await codes({ enc: "A256GCM", kid: "another" }), "answer-other-request");
    assert.equal(await codes({ enc: "A192GCM" }), "answer-enc");
    assert.equal(await codes({ enc: "A128CBC-HS256" }), "answer-form");
    const unsigned = await open(vectors.unsigned.answer.jwe);
    // the vectors use the same key here; client and session differ
    assert.ok(unsigned.codes.includes("device-signature"));
  });
});
