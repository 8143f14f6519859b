// An application travels to a desk and its answer back: as codes, as files, and through the post box of one browser.
import { copyFile, rm } from "node:fs/promises";
import path from "node:path";
import { expect, START, test } from "./support/fixtures.mjs";
import { answer, application, choosePhoto, codes, give, handedIn, offer, problem, seal, toAnswer, toOffer } from "./support/counterpart.mjs";
import { filmFolder, write } from "./support/film.mjs";
import { screen } from "./support/wallet.mjs";

const size = { viewport: { width: 700, height: 900 } };

/** A wallet whose photo waits, with an application that is sealed for the desk. */
async function applicant(world, options = {}) {
  const { page, context } = await world.open({ at: START, ...size, ...options });
  await handedIn(page);
  await seal(page, await offer());
  return { page, context, application: await application(page) };
}

test("codes there and codes back: the application is sealed, and the licence arrives", async ({ world }) => {
  const { page, application: sent } = await applicant(world);
  expect(sent.includes(Buffer.from("何沐阳")), "nobody reads the name on its way").toBe(false);
  await toAnswer(page);
  await give(page, await answer("issued", sent));
  await expect(screen(page, "home")).toContainText("何沐阳");
  await page.reload();
  await expect(screen(page, "home")).toContainText("何沐阳");
});

test("the wallet's camera films the desk's code", async ({ world }) => {
  const folder = await filmFolder();
  const film = await write(await offer(), folder);
  const { page, context } = await world.open({ at: START, launched: { film }, ...size });
  await handedIn(page);
  await context.grantPermissions(["camera"]);
  await page.getByRole("button", { name: /另一台设备上的受理窗口/ }).click();
  await expect(screen(page, "post-desk")).toContainText("演示受理窗口 DEMO");
  await rm(folder, { recursive: true });
});

test("by light both ways: the application is read from the wallet's screen, and the wallet films the licence", async ({ world }) => {
  const folder = await filmFolder();
  const film = path.join(folder, "licence.y4m");
  const { page, context } = await world.open({ at: START, launched: { film }, ...size });
  await handedIn(page);
  await seal(page, await offer(), { as: "file" });
  await copyFile(await write(await answer("issued", await application(page)), folder), film);
  await context.grantPermissions(["camera"]);
  // The camera may be used now, so that it opens by itself.
  await page.getByRole("button", { name: "读取窗口的答复" }).click();
  await expect(screen(page, "home")).toContainText("何沐阳");
  await rm(folder, { recursive: true });
});

test("files there and back, across a reload at each step", async ({ world }) => {
  const { page } = await world.open({ at: START, ...size });
  await handedIn(page);
  await toOffer(page);
  await give(page, await offer(), { as: "file" });
  await expect(screen(page, "post-desk")).toBeVisible();
  await page.getByRole("button", { name: "封好并出示" }).click();
  await expect(screen(page, "post-show")).toBeVisible();
  const shown = await application(page);
  await page.reload();
  await expect(screen(page, "review")).toContainText("演示受理窗口 DEMO");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "保存为文件" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^application-[0-9a-f]{8}\.lzclaim$/);
  const chunks = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk);
  expect(Buffer.concat(chunks).equals(shown), "the same application, not a second one").toBe(true);
  const issued = await answer("issued", shown);
  await toAnswer(page);
  await page.reload();
  await toAnswer(page);
  await give(page, issued, { as: "file", name: "answer.lzissued" });
  await expect(screen(page, "home")).toContainText("何沐阳");
});

test("a desk that is not the authority's, has expired, or is a document signer is refused with its code", async ({ world }) => {
  const { page } = await world.open({ at: START, ...size });
  await handedIn(page);
  await toOffer(page);
  for (const [which, code] of [["foreign", "desk-chain"], ["expired", "desk-expired"], ["signer", "desk-document-signer"]]) {
    await give(page, await offer(which), { as: "file" });
    await expect(problem(page)).toHaveAttribute("data-problem", code);
  }
  await give(page, Buffer.from("7801", "hex"), { as: "file" });
  await expect(screen(page, "post-read"), "nothing was sealed").toBeVisible();
});

test("answers that are swapped, altered, or for another device are refused with their codes", async ({ world }) => {
  const one = await applicant(world);
  const other = await applicant(world);
  const right = await answer("issued", one.application);
  await toAnswer(one.page);
  const altered = Buffer.from(right);
  altered[altered.length - 40] ^= 1;
  for (const [payload, code] of [
    [await answer("issued", other.application), "sealed-other-application"],
    [altered, "sealed-opening"],
    [await answer("other-key", one.application), "desk-answer-other-device-key"],
    [one.application, "not-an-answer"],
  ]) {
    await give(one.page, payload, { as: "file" });
    await expect(problem(one.page)).toHaveAttribute("data-problem", code);
    await expect(screen(one.page, "post-read")).toBeVisible();
  }
  await give(one.page, right, { as: "file" });
  await expect(screen(one.page, "home")).toBeVisible();

});

test("a rejection brings its reason and the photo again; its answer is of no use a second time; the next one is approved", async ({ world }) => {
  const { page, application: first } = await applicant(world);
  const rejected = await answer("rejected", first);
  await toAnswer(page);
  await give(page, rejected, { as: "file" });
  await expect(screen(page, "photo")).toBeVisible();
  await expect(problem(page)).toHaveAttribute("data-problem", "rejected-ears");

  await choosePhoto(page);
  await seal(page, await offer());
  const second = await application(page);
  expect(second.equals(first)).toBe(false);
  await toAnswer(page);
  await give(page, rejected, { as: "file" });
  await expect(problem(page)).toHaveAttribute("data-problem", "desk-answer-seen");
  await give(page, await answer("issued", second), { as: "file" });
  await expect(screen(page, "home")).toContainText("何沐阳");
});

test("a refusal says the desk's reason, and the application can be made again", async ({ world }) => {
  const { page, application: first } = await applicant(world);
  await toAnswer(page);
  await give(page, await answer("refused", first), { as: "file" });
  await expect(screen(page, "review")).toBeVisible();
  await expect(problem(page)).toHaveAttribute("data-problem", "replace-too-early");
  await expect(page.getByRole("button", { name: /另一台设备上的受理窗口/ })).toBeVisible();
});

test("the codes are larger and slower by a button, and drawn for a phone", async ({ world }) => {
  const { page } = await world.open({ at: START, viewport: { width: 390, height: 844 } });
  await handedIn(page);
  await seal(page, await offer());
  const width = () => codes(page).evaluate((canvas) => canvas.getBoundingClientRect().width);
  await expect.poll(width).toBeGreaterThan(200);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole("button", { name: "放大" }).click();
  const read = await application(page);
  expect(read.length).toBeGreaterThan(10_000);
});
