// Answers that are right and unusual, handed over as files: judged or named, and nobody is accused.
import { expect, test } from "./support/fixtures.mjs";
import { handFile, plain, vector, verifierFor } from "./support/abroad.mjs";
import { verdict } from "./support/verifier.mjs";

for (const [rule, headline, code] of [
  ["wallet-error-10", "对方的钱包报告出错，没有出示证件", "wallet-error-10"],
  ["proof-zero-knowledge", "这种证明方式这里不会读", "proof-not-read"],
  ["documents-two-licences", "一次回答里有两本同类证件，请对方只出示一本", "several-documents"],
]) {
  test(`an answer without one document to judge accuses nobody: ${rule}`, async ({ world }) => {
    const file = await vector(rule);
    const page = await verifierFor(world, file, "test-authority");
    await handFile(page, file);
    const seen = await verdict(page);
    expect(seen).toMatchObject({ colour: "amber", headline, person: false });
    expect(seen.failed).toContain(code);
    expect(seen.text).not.toMatch(/不可信任|可疑/);
  });
}

test("of two documents in one answer the licence is judged, and the other one is named", async ({ world }) => {
  const file = await vector("documents-licence-and-pid");
  const page = await verifierFor(world, file, "test-authority");
  await handFile(page, file);
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", person: false });
  expect(seen.failed).toContain("device-unchecked");
  expect(plain(seen.text)).toContain("回答里还有一本证件：欧盟身份数据（PID）");
});
