// The licences of every issuer in every wallet, for every session that the wallet supports, verified by every library.
import { ours } from "../peers/ours.mjs";
import { authority } from "./certificates.mjs";
import { LIBRARIES, refusal } from "./measure.mjs";

const utopia = authority({ label: "utopia" });

/** A licence with the certificate that its verifier trusts. */
export async function licenceOf(library) {
  if (library === ours) return ours.issueOwn();
  return { issuerSigned: await library.issue(utopia), iaca: utopia.iaca };
}

/** The name of an issuer and a wallet in a record of answers. */
export const wayOf = ({ issuer, wallet }) => `${issuer.name} > ${wallet.name}`;

/** Counts for each issuer and wallet the presentations, and those that each library accepts. */
export async function ways() {
  const rows = [];
  for (const issuer of LIBRARIES.filter((library) => library.issue || library.issueOwn)) {
    const licence = await licenceOf(issuer);
    for (const wallet of LIBRARIES.filter(({ presentIn }) => presentIn)) {
      // A library that does not run now has its stored count, if there is one.
      const way = wayOf({ issuer, wallet });
      const accepted = LIBRARIES.map(({ missing, record }) => (missing ? (record?.ways[way] ?? "not asked") : 0));
      for (const session of wallet.presents) {
        const presentation = await wallet.presentIn(session, licence);
        const answers = await Promise.all(LIBRARIES.map((library) => (library.missing ? "missing" : refusal(library, presentation))));
        answers.forEach((error, at) => error === null && accepted[at]++);
      }
      rows.push({ issuer, wallet, accepted });
    }
  }
  return rows;
}
