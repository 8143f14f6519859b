// Everybody's licences in everybody's wallets, for every session that a wallet knows, verified by everybody.
import { ours } from "../peers/ours.mjs";
import { authority } from "./certificates.mjs";
import { LIBRARIES, refusal } from "./measure.mjs";

const utopia = authority({ label: "utopia" });

/** A licence with the certificate that its verifier trusts. */
export async function licenceOf(library) {
  if (library === ours) return ours.issueOwn();
  return { issuerSigned: await library.issue(utopia), iaca: utopia.iaca };
}

/** An issuer and a wallet, as a record of answers names them. */
export const wayOf = ({ issuer, wallet }) => `${issuer.name} > ${wallet.name}`;

/** For each issuer and wallet how many presentations there were, and how many of them each library accepts. */
export async function ways() {
  const rows = [];
  for (const issuer of LIBRARIES.filter((library) => library.issue || library.issueOwn)) {
    const licence = await licenceOf(issuer);
    for (const wallet of LIBRARIES.filter(({ presentIn }) => presentIn)) {
      // What is not asked now has its number from the day when it was, if then it was asked.
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
