// @auth0/mdl with all that it brings. It reads the system's clock.
import { Verifier } from "@auth0/mdl";

const pem = (der) => `-----BEGIN CERTIFICATE-----\n${btoa(String.fromCharCode(...der)).replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

/** What verifies this case once, and throws unless it is verified. */
export async function prepare({ deviceResponse, taggedTranscript, iaca }) {
  const root = pem(iaca);
  return () => new Verifier([root]).verify(deviceResponse, { encodedSessionTranscript: taggedTranscript });
}
