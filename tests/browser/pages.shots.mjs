// `cargo xtask shots`: every page and state in both languages, at two widths, light and dark, to be looked at; and the
// picture of the README. No test: what is wrong with a screen is seen, not asserted.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, guard, ORIGIN, setClock, test } from "./support/fixtures.mjs";
import { pictures, png, symbol } from "./support/code.mjs";
import { questionCode } from "./support/challenge.mjs";
import { folder, shoot } from "./support/shots.mjs";
import { video } from "./support/webm.mjs";
import { handIn, openCamera, openVerifier, verdict } from "./support/verifier.mjs";
import { addAnother, canvas, choosePurpose, claim, openWallet, present, reviewer, screen } from "./support/wallet.mjs";

const docs = path.resolve(import.meta.dirname, "../../docs");
const portrait = path.resolve(import.meta.dirname, "../../www/demo/portraits/tang.jpg");

test.beforeAll(() => mkdir(folder, { recursive: true }));

test("home", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator(".home")).toBeVisible();
  await shoot(page, "home");
});

test("what the codes mean", async ({ page }) => {
  await page.goto("/errors/#digest-mismatch");
  await expect(page.locator("#digest-mismatch")).toBeInViewport();
  await shoot(page, "errors-one", { fullPage: false });
  await page.goto("/errors/");
  await shoot(page, "errors", { fullPage: false });
});

test("claiming", async ({ page }) => {
  await openWallet(page);
  await shoot(page, "wallet-welcome");
  await page.getByRole("button", { name: "开始领取" }).click();
  await expect(screen(page, "people")).toBeVisible();
  await shoot(page, "wallet-people");
  await page.getByLabel("证号").fill("990101199408030023");
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(page.locator("#who-number-error")).toBeVisible();
  await shoot(page, "wallet-people-mistyped");
  await page.locator('[data-person="qin"]').click();
  await expect(page.getByRole("alert")).toBeVisible();
  await shoot(page, "wallet-refused");
  await page.getByRole("button", { name: "返回" }).click();
  await page.locator('[data-person="he"]').click();
  await expect(screen(page, "found")).toBeVisible();
  await shoot(page, "wallet-found");
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(screen(page, "photo")).toBeVisible();
  await shoot(page, "wallet-photo");
  await page.locator('input[type="file"]').setInputFiles(portrait);
  await expect(screen(page, "crop")).toBeVisible();
  await shoot(page, "wallet-crop");
  await page.getByRole("button", { name: "用这张照片" }).click();
  await expect(screen(page, "confirm")).toBeVisible();
  await shoot(page, "wallet-confirm-photo");
  await page.getByRole("button", { name: "提交审核" }).click();
  await expect(screen(page, "review")).toBeVisible();
  await shoot(page, "wallet-review");
  await reviewer(page);
  await shoot(page, "wallet-reviewer");
  await page.getByRole("button", { name: "退回", exact: true }).click();
  await expect(screen(page, "photo")).toBeVisible();
  await shoot(page, "wallet-rejected");
  for (let back = 0; back < 2; back++) await page.getByRole("button", { name: "返回" }).click();
  await page.locator('[data-person="lin"]').click();
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(screen(page, "on-file")).toBeVisible();
  await shoot(page, "wallet-on-file");
  await page.getByRole("button", { name: "是我，下一步" }).click();
  await expect(screen(page, "confirm")).toBeVisible();
  await shoot(page, "wallet-confirm");
});

test("several licences", async ({ page }) => {
  await claim(page, "lin");
  await addAnother(page, "gao");
  await page.getByRole("button", { name: "确认并领取" }).click();
  await expect(page.locator("[data-licence]")).toHaveCount(2);
  await shoot(page, "wallet-stack");
  await present(page, "age-only");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^记录/ }).click();
  await shoot(page, "wallet-stack-history");
  await page.getByRole("button", { name: "返回" }).click();
  await page.getByRole("button", { name: "详情" }).click();
  await shoot(page, "wallet-stack-details");
  await page.getByRole("button", { name: "删除这一本" }).click();
  await shoot(page, "wallet-stack-delete", { fullPage: false });
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await page.getByRole("button", { name: "重新申领", exact: true }).click();
  await expect(page.getByRole("heading", { name: "重新申领驾驶证" })).toBeVisible();
  await shoot(page, "wallet-reclaim");
});

for (const person of ["lin", "gao", "cheng", "wei", "bai", "shangguan"]) {
  test(`the card of ${person}`, async ({ page }) => {
    await claim(page, person);
    await shoot(page, `wallet-${person}`);
    await page.locator("#flip").click();
    await shoot(page, `wallet-${person}-back`);
    await page.locator("#flip").click();
    await present(page, "roadside");
    await shoot(page, `present-${person}`, { fullPage: false });
  });
}

test("the rest of the wallet", async ({ page }) => {
  await claim(page, "lin");
  for (const purpose of ["rental", "age-only"]) {
    await choosePurpose(page, purpose);
    await shoot(page, `purpose-${purpose}`);
    await page.getByRole("button", { name: "出示二维码" }).click();
    await expect(canvas(page)).toBeVisible();
    await page.getByRole("button", { name: "关闭" }).click();
  }
  await page.getByRole("button", { name: /记录 2/ }).click();
  await expect(screen(page, "history")).toBeVisible();
  await shoot(page, "wallet-history");
  await page.getByRole("button", { name: "返回" }).click();
  await page.getByRole("button", { name: "详情" }).click();
  await expect(screen(page, "details")).toBeVisible();
  await shoot(page, "wallet-details");
  await page.getByRole("button", { name: "删除证件夹" }).click();
  await shoot(page, "wallet-delete", { fullPage: false });
  await page.goto("/");
  await page.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase("liangzheng").onsuccess = done)));
  await openWallet(page);
  await shoot(page, "wallet-lost");
});

test("the verifier before a verdict", async ({ page, world }) => {
  await openVerifier(page, "rental");
  await shoot(page, "verify-idle");
  await page.locator("#terms > summary").click();
  await shoot(page, "verify-terms");
  await page.getByRole("button", { name: "完成" }).click();
  await handIn(page, [png(symbol(Buffer.from("https://example.com/")))]);
  await expect(page.locator("#status-text")).toContainText("不是驾驶证");
  await shoot(page, "verify-other-code");
  const refused = await world.open({ launched: {} });
  await openVerifier(refused.page);
  await refused.page.getByRole("button", { name: "打开相机" }).click();
  await expect(refused.page.locator("#scan")).toHaveAttribute("data-camera", "denied");
  await shoot(refused.page, "verify-denied");
});

test("other ways to read: video, screen, gun, question", async ({ page, world }) => {
  const grey = await video(world, [null], { ms: 3_600_000, every: 60_000 });
  await openVerifier(page, "roadside");
  // A video of an hour that stands still: it is looked at while it is read.
  await page.evaluate(() => { HTMLMediaElement.prototype.play = () => Promise.resolve(); });
  const file = { name: "code.webm", mimeType: "video/webm", buffer: grey };
  await page.locator("#files").setInputFiles(file);
  await page.locator("#film").evaluate((video) => { video.currentTime = 20; });
  await expect(page.locator("#film-at")).toHaveAttribute("value", /[1-9]/);
  await shoot(page, "verify-film", { fullPage: false });
  await page.locator("#film-stop").click();
  await page.locator("#files").setInputFiles({ ...file, buffer: Buffer.from("no video") });
  await expect(page.locator("#status-text")).toContainText("播放不了");
  await shoot(page, "verify-film-broken", { fullPage: false });
  await page.locator("#typed-open").click();
  await shoot(page, "verify-gun", { fullPage: false });
  await page.locator("#typed-text").fill("76010003004");
  await page.locator("#typed-text").press("Enter");
  await expect(page.locator("#typed-error")).toBeVisible();
  await shoot(page, "verify-gun-error", { fullPage: false });
  await page.locator("#typed-close").click();
  await page.locator("#ask-open").click();
  await expect(questionCode(page)).toBeVisible();
  await shoot(page, "verify-asking", { fullPage: false });
  const desk = await world.open({ launched: { film: null, flags: ["--auto-select-tab-capture-source-by-title=a-window"] } });
  const other = await desk.context.newPage();
  await other.setContent("<title>a-window</title><h1>A window</h1>");
  await openVerifier(desk.page, "roadside");
  await desk.page.locator("#screen-open").click();
  await expect(desk.page.locator('#scan[data-source="screen"]')).toBeVisible();
  await shoot(desk.page, "verify-screen", { fullPage: false });
  const camera = await world.open({ launched: {} });
  await openVerifier(camera.page, "roadside");
  await openCamera(camera.page);
  await camera.page.locator("#ask-open").click();
  await expect(questionCode(camera.page)).toBeVisible();
  await shoot(camera.page, "verify-asking-live", { fullPage: false });
});

test("still codes", async ({ page }) => {
  await claim(page, "lin");
  await present(page, "age-only", { portrait: false });
  await shoot(page, "present-small", { fullPage: false });
  await page.locator('[data-action="single"]').click();
  await shoot(page, "present-single", { fullPage: false });
  await page.locator('[data-action="digits"]').click();
  await shoot(page, "present-digits", { fullPage: false });
});

const VERDICTS = [
  ["green-roadside", "lin", "roadside", "roadside", 2],
  ["green-rental", "lin", "rental", "rental", 2],
  ["green-insurance", "lin", "insurance", "insurance", 2],
  ["green-age-only", "lin", "age-only", "age-only", 2],
  ["green-novice", "xu", "roadside", "roadside", 2, "automatic"],
  ["green-no-vehicle", "xu", "roadside", "roadside", 2],
  ["red-other-class", "xu", "roadside", "roadside", 2, "manual"],
  ["green-long-name", "shangguan", "roadside", "roadside", 2],
  ["red-suspended", "gao", "roadside", "roadside", 2],
  ["red-expired", "cheng", "roadside", "roadside", 2],
  ["red-stale", "lin", "roadside", "roadside", 75],
  ["red-novice-rental", "xu", "rental", "rental", 2, "automatic"],
  ["amber-too-little", "lin", "age-only", "roadside", 2],
  ["amber-clock", "lin", "roadside", "roadside", -75],
];

for (const [name, person, purpose, asked, later, gearbox] of VERDICTS) {
  test(`verdict: ${name}`, async ({ world, films }) => {
    const shown = await films({ person, purpose, payload: true });
    const { page } = await world.open({ at: shown.at + later * 1000 });
    await openVerifier(page, asked);
    if (gearbox) {
      await page.locator("#terms > summary").click();
      await page.locator("#vehicle").selectOption("car");
      if (gearbox === "automatic") await page.locator("#automatic").check();
      await page.locator("#terms-done").click();
    }
    await handIn(page, pictures(shown.payload));
    await verdict(page);
    await shoot(page, `verdict-${name}`);
    if (name !== "green-roadside") return;
    await page.evaluate(() => document.querySelectorAll("article details").forEach((row) => (row.open = true)));
    await shoot(page, "verdict-green-roadside-opened");
    await page.getByRole("button", { name: "不能确定" }).click();
    await shoot(page, "verdict-amber-not-sure");
    await page.getByRole("button", { name: "下一位" }).click();
    await handIn(page, pictures(shown.payload));
    await verdict(page);
    await shoot(page, "verdict-amber-seen");
  });
}

test("the picture of the README: a wallet and its verdict, side by side", async ({ browser, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const options = { baseURL: ORIGIN, viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.25, locale: "en" };
  const person = async (at) => {
    const context = await browser.newContext(options);
    const watch = guard(context, new URL(ORIGIN).origin);
    await setClock(context, at);
    return { context, watch, page: await context.newPage() };
  };
  const [wallet, verifier] = [await person(shown.at), await person(shown.at + 2000)];
  await claim(wallet.page, "lin");
  await present(wallet.page, "roadside");
  await openVerifier(verifier.page, "roadside");
  await handIn(verifier.page, pictures(shown.payload));
  await verdict(verifier.page);
  const images = await Promise.all([wallet, verifier].map(async ({ page }) => (await page.screenshot()).toString("base64")));
  expect([...wallet.watch.faults, ...verifier.watch.faults]).toEqual([]);
  const both = await browser.newContext({ viewport: { width: 868, height: 892 }, deviceScaleFactor: 1.25 });
  const page = await both.newPage();
  const img = (image) => `<img width="390" height="844" style="border-radius:24px;border:1px solid #c9ced6" src="data:image/png;base64,${image}">`;
  await page.setContent(`<body style="margin:0;display:flex;gap:40px;justify-content:center;align-items:center;height:892px;background:#e9ecf1">${images.map(img).join("")}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await page.screenshot({ path: path.join(docs, "screenshot.png") });
  for (const { context } of [wallet, verifier, { context: both }]) await context.close();
  const bytes = await readFile(path.join(docs, "screenshot.png"));
  expect(bytes.length, "bytes of docs/screenshot.png").toBeLessThan(300_000);
  await writeFile(path.join(folder, "readme.png"), bytes);
});
