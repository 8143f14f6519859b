// @auth0/mdl with its dependencies. It reads the system clock.
import { Verifier } from "@auth0/mdl";

const pem = (der) => `-----BEGIN CERTIFICATE-----\n${btoa(String.fromCharCode(...der)).replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

/** Returns a function that verifies this case once and throws if it does not verify. */
export async function prepare({ deviceResponse, taggedTranscript, iaca }) {
  const root = pem(iaca);
  return () => new Verifier([root]).verify(deviceResponse, { encodedSessionTranscript: taggedTranscript });
}
