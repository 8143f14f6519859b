// `cargo xtask shots trust`: the verifier's panel of trust with lists of every kind, to be looked at.
import { expect } from "./support/fixtures.mjs";
import { shoot } from "./support/shots.mjs";
import { add, addCrl, article, choose, open, test } from "./support/trust.mjs";
import { openVerifier } from "./support/verifier.mjs";

test("lists of revoked certificates", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  await choose(page, lists, "clear.crl");
  await expect(page.locator("#trust-error")).toBeVisible();
  await shoot(page, "trust-crl-of-nobody", { fullPage: false });
  await add(page, lists, "iaca.der");
  await addCrl(page, lists, "revoked.crl");
  // long as it is: from the top, and the list itself
  await shoot(page, "trust-crl-added", { fullPage: false });
  const kept = article(page, "证书撤销名单");
  await kept.scrollIntoViewIfNeeded();
  await shoot(page, "trust-crl", { fullPage: false, at: "#trust-lists > :last-child" });
});
