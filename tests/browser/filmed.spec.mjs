// A wallet's screen, filmed, is the camera of another browser: what the person there sees.
import { inflateRawSync, deflateRawSync } from "node:zlib";
import { rm } from "node:fs/promises";
import { advance, expect, test } from "./support/fixtures.mjs";
import { filmFolder, write } from "./support/film.mjs";
import { next, openCamera, openVerifier, verdict } from "./support/verifier.mjs";

const names = ["林", "知夏", "Lin", "Zhixia"];

/** A verifier whose camera plays a film, with its clock `later` seconds after the filming. */
async function watch(world, film, purpose, later = 2) {
  const verifier = await world.open({ at: film.at + later * 1000, launched: { film: film.file } });
  await openVerifier(verifier.page, purpose);
  return verifier;
}

test("roadside: green, with name and classes, and nobody is asked over the network", async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "roadside" });
  const { page, context, watch: guarded } = await watch(world, film, "roadside");
  // Everything is loaded: from here on no request is made, not even to the site itself.
  await expect(page.getByRole("button", { name: "打开相机" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  context.on("request", (request) => request.url().startsWith("blob:") || guarded.fault(`request while verifying: ${request.url()}`));
  await openCamera(page);
  const seen = await verdict(page);
  expect(seen.failed).toEqual([]);
  expect(seen).toMatchObject({ colour: "green", headline: "可以驾驶：C1 小型汽车", name: "林知夏", portrait: true });
  expect(seen.rows).toEqual(["pass", "pass", "pass", "pass", "pass"]);
  expect(seen.classes.join()).toContain("C1");
  expect(seen.text).toContain("演示 DEMO");
  expect(seen.text).toContain("无法排除远程转播");
  const portrait = page.getByRole("img", { name: /持证人照片/ });
  expect(await portrait.evaluate((image) => [image.naturalWidth > 100, image.src.slice(0, 5)])).toEqual([true, "blob:"]);

  // The face: asked for in the band, and "not sure" is never green.
  expect(seen.ask).toContain("请比对照片");
  await page.getByRole("button", { name: "不能确定" }).click();
  expect(await verdict(page)).toMatchObject({ colour: "amber" });
  await page.getByRole("button", { name: "是本人" }).click();
  expect(await verdict(page)).toMatchObject({ colour: "green", ask: null });

  // The same code again: seen, with nothing of the licence, and with the way back to the first verdict.
  await next(page);
  await expect(page.getByText("林知夏")).toHaveCount(0);
  // While the phone may just not be away yet, a line says so; later the verdict does.
  await expect(page.getByText("同一个码，请下一位")).toBeVisible();
  await expect(page.locator("article.verdict")).toHaveCount(0);
  await advance(context, 11);
  const again = await verdict(page);
  expect(again).toMatchObject({ colour: "amber", person: false, failed: ["seen"] });
  for (const name of names) expect(again.text).not.toContain(name);
  await page.getByRole("button", { name: "查看首次扫描的结果" }).click();
  await expect(page.getByText("林知夏")).toBeVisible();
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", ask: null });
});

test("the same film after its life: to be scanned again, and nothing of the licence", { tag: ["@T-stale", "@T-replay"] }, async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "roadside" });
  const { page } = await watch(world, film, "roadside", 75);
  await openCamera(page);
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", headline: "二维码已过期，请对方重新出示", person: false, portrait: false });
  expect(seen.failed).toContain("stale");
  await expect(page.locator('[data-slot="word"]').first()).toHaveText("需重扫");
  await expect(page.getByRole("button", { name: "重新扫描" })).toBeVisible();
  for (const name of names) expect(seen.text).not.toContain(name);
});

test("a verifier whose clock is behind doubts, and is not green", { tag: "@T-verifier-clock" }, async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "roadside" });
  const { page } = await watch(world, film, "roadside", -75);
  await openCamera(page);
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", person: false });
  expect(seen.failed).toContain("clock-ahead");
});

test("a suspended licence: red at its status, with the reason, and its holder is shown", async ({ world, films }) => {
  const film = await films({ person: "gao", purpose: "roadside" });
  const { page } = await watch(world, film, "roadside");
  await openCamera(page);
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "red", headline: "驾驶证已暂扣（D），不得驾驶", name: "高岩", portrait: true });
  expect(seen.rows.slice(0, 4)).toEqual(["pass", "pass", "pass", "fail"]);
  expect(seen.codes[3]).toContain("status-red");
  expect(seen.open[3], "the row with the reason is open").toBe(true);
});

test("age only: the answer and the portrait, and nothing else", async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "age-only" });
  const { page } = await watch(world, film, "age-only");
  await openCamera(page);
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "green", headline: "已满 18 岁", portrait: true, name: null, number: null, classes: [] });
  expect(seen.rows).toEqual(["pass", "pass", "pass", "not-asked", "pass"]);
  await page.evaluate(() => document.querySelectorAll("details").forEach((row) => (row.open = true)));
  const text = await page.locator("body").innerText();
  for (const secret of [...names, "C1", "1994", "观澜路"]) expect(text, secret).not.toContain(secret);
  expect(text, "no number of any person").not.toMatch(/\d{6}(19|20)\d{2}/);
});

test("age only without the portrait: the answer, and a doubt whose it is", async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "age-only", portrait: false });
  const { page } = await watch(world, film, "age-only");
  await openCamera(page);
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", portrait: false, name: null, number: null, ask: null });
  expect(seen.headline).toContain("已满 18 岁");
});

test("rental: green", async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "rental" });
  const { page } = await watch(world, film, "rental");
  await openCamera(page);
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", portrait: true, failed: [] });
});

test("insurance: green, and no face is asked for", async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "insurance" });
  const { page } = await watch(world, film, "insurance");
  await openCamera(page);
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", portrait: false, ask: null, failed: [] });
});

test("one altered byte: red with its code, and nothing of the licence", { tag: "@T-element-forged" }, async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "roadside", payload: true });
  const folder = await filmFolder();
  try {
    const bytes = inflateRawSync(film.payload);
    const at = bytes.indexOf("Zhixia");
    bytes.write("Zhixie", at);
    const file = await write(deflateRawSync(bytes), folder);
    const { page } = await watch(world, { file, at: film.at }, "roadside");
    await openCamera(page);
    const seen = await verdict(page);
    expect(seen).toMatchObject({ colour: "red", headline: "内容被改动，不可信任", person: false, portrait: false });
    expect(seen.failed).toContain("digest-mismatch");
    for (const name of names) expect(seen.text).not.toContain(name);
  } finally {
    await rm(folder, { recursive: true });
  }
});
