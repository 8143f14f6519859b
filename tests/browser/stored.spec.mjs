// What earlier builds stored is opened by this one: nothing is lost, and what is shown verifies.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, guard, setClock } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { payloadOf } from "./support/film.mjs";
import { copyProfile, OPENED, openProfile, profileFolder, removeFolder, restore, STORED_ORIGIN, storedBuilds } from "./support/stored.mjs";
import { article, close, maker, open, test as base } from "./support/trust.mjs";
import { handIn, next, openVerifier, verdict } from "./support/verifier.mjs";
import { openWallet, present, reviewer, screen } from "./support/wallet.mjs";

base.skip(!maker, "run by: cargo xtask test --only browser");
const test = base.extend({
  /** A browser with an empty profile, or with a copy of the one in `from`; guarded as every other. */
  person: async ({}, use) => {
    const ends = [];
    await use(async (from) => {
      const folder = await profileFolder();
      if (from) await copyProfile(from, folder);
      const context = await openProfile(folder);
      const watch = guard(context, STORED_ORIGIN);
      await setClock(context, OPENED);
      ends.push({ context, folder, watch });
      return context.newPage();
    });
    for (const { context, folder } of ends) {
      await context.close();
      await removeFolder(folder);
    }
    expect(ends.flatMap(({ watch }) => watch.faults)).toEqual([]);
  },
});

/** All that `stored/make.mjs` did is still there. */
async function nothingIsLost(page, lists) {
  await openWallet(page);
  const home = screen(page, "home");
  await expect(home).toContainText("林知夏");
  await expect(home, "a photo waits for its review").toContainText("照片审核中");
  await expect(home, "what was shown").toContainText("记录 2");
  const portrait = home.locator('[data-card] [data-slot="portrait"]');
  expect(await portrait.evaluate(async (image) => (await image.decode(), image.naturalWidth))).toBe(520);

  await present(page, "roadside");
  const payload = await payloadOf(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^记录/ }).click();
  await expect(page.locator('[data-screen="history"]')).toContainText("仅证明年龄");
  await page.goBack();

  await openWallet(page);
  await page.getByRole("button", { name: "继续" }).click();
  await reviewer(page);
  await page.getByRole("button", { name: "通过" }).click();
  await expect(home).toContainText("林知夏");
  await expect(home).not.toContainText("照片审核中");

  await openVerifier(page);
  await expect(page.locator('input[name="purpose"][value="rental"]')).toBeChecked();
  await page.locator("details:has(#sound) > summary").click();
  await expect(page.locator("#sound")).toBeChecked();
  await expect(page.locator("#vibration")).toBeChecked();
  await open(page);
  for (const name of ["Test lists", "演示 DEMO"]) await expect(article(page, name).first()).toContainText("有效");
  await expect(page.getByRole("dialog").getByRole("article")).toHaveCount(4);
  await close(page);
  await page.locator("#lists summary").click();
  await expect(page.locator("#lists li").last()).toContainText("https://status.example/7");
  await expect(page.locator("#lists li").last()).toHaveAttribute("data-state", "pass");

  // The device key that was stored signs, and the issuer on the stored list is trusted.
  await openVerifier(page, "roadside");
  await handIn(page, pictures(payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
  await next(page);
  await setClock(page.context(), OPENED - 2 * 3_600_000);
  await handIn(page, pictures(await lists.read("shown")));
  expect(await verdict(page)).toMatchObject({ colour: "green", failed: [] });
  expect(await page.evaluate(() => localStorage.getItem("liangzheng.language"))).toBe("zh-CN");
}

for (const build of storedBuilds()) {
  const folder = path.join(import.meta.dirname, "stored", build);

  test(`the profile of ${build} is opened`, async ({ person, lists, browser }) => {
    // A browser that is older than the one that wrote a profile cannot read its databases, and begins new ones.
    const [written, ours] = [readFileSync(path.join(folder, "chromium.txt"), "utf8"), browser.version()].map((version) => parseInt(version, 10));
    test.skip(ours < written, `written by Chromium ${written}, and this is ${ours}`);
    await nothingIsLost(await person(path.join(folder, "profile")), lists);
  });

  test(`the records of ${build} are opened`, async ({ person, lists }) => {
    const page = await person();
    // This page opens no database.
    await page.goto("/");
    await restore(page, JSON.parse(await readFile(path.join(folder, "records.json"), "utf8")));
    await nothingIsLost(page, lists);
  });
}
