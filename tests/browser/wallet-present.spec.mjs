// Presenting: what will leave is listed before, counted after, signed anew, and gone with the page.
import { advance, expect, test } from "./support/fixtures.mjs";
import { payloadOf } from "./support/film.mjs";
import { canvas, choosePurpose, claim, pixels, present, screen } from "./support/wallet.mjs";

const PURPOSES = {
  roadside: ["portrait_small", "family_name", "given_name", "family_name_national_character", "given_name_national_character",
    "sex", "birth_date", "document_number", "issuing_country", "classes", "status_letters", "points", "expiry_date", "long_term",
    "extended_until", "novice_until", "issuing_authority_zh"],
  rental: ["portrait_small", "family_name_national_character", "given_name_national_character", "number_last4", "age_over_18",
    "age_over_21", "age_over_25", "classes", "status_letters", "expiry_date", "long_term", "novice_until"],
  insurance: ["family_name_national_character", "given_name_national_character", "number_last4", "age_birth_year", "classes",
    "status_letters", "points", "expiry_date", "long_term", "novice_until"],
  "age-only": ["age_over_18", "portrait_small"],
};

const listed = (page) =>
  page.locator('[data-slot="elements"] [data-element]').evaluateAll((chips) => chips.map((chip) => chip.dataset.element));

for (const [purpose, elements] of Object.entries(PURPOSES)) {
  test(`${purpose}: the list before is exactly what is shown and what the history says`, async ({ page }) => {
    await claim(page, "lin");
    await choosePurpose(page, purpose);
    const before = await listed(page);
    expect([...before].sort()).toEqual([...elements].sort());
    const groups = await page.locator('[data-slot="groups"]').innerText();
    const each = page.locator('[data-slot="each"]');
    if (await each.isVisible()) await each.locator("summary").click();
    const words = await page.locator('[data-slot="elements"]').evaluate((list) => [...list.children].map((chip) => chip.textContent).join("\n"));
    await page.getByRole("button", { name: "出示二维码" }).click();
    await expect(canvas(page)).toBeVisible();
    await expect(page.locator('[data-slot="count"]')).toHaveText("今天第 1 次，共 1 次");
    for (const word of groups.split("\n")) await expect(page.locator('[data-slot="shows"]')).toContainText(word);
    await page.getByRole("button", { name: "关闭" }).click();
    await expect(screen(page, "home")).toBeVisible();
    await page.getByRole("button", { name: /记录 1/ }).click();
    const line = page.locator('[data-screen="history"] li');
    await expect(line).toHaveCount(1);
    for (const word of words.split("\n")) await expect(line).toContainText(word);
    await page.reload();
    await expect(page.getByRole("button", { name: /记录 1/ })).toBeVisible();
  });
}

test("what will be shown is eight things to read, and each of the seventeen by a touch", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await claim(page, "lin");
  await choosePurpose(page, "roadside");
  await expect(page.locator('[data-slot="groups"] li')).toHaveText(
    ["照片", "姓名", "性别和出生日期", "证号", "发证机关和国家", "准驾车型", "状态和记分", "期限"]);
  const each = page.locator('[data-slot="each"]');
  await expect(each.locator("li").first()).toBeHidden();
  await each.getByText("逐项看（17 项）").click();
  await expect(each.getByText("姓（拼音）", { exact: true })).toBeVisible();
});

test("the portrait may be left out where only the age is proven, and then it is", async ({ page }) => {
  await claim(page, "lin");
  await choosePurpose(page, "age-only", { portrait: false });
  expect(await listed(page)).toEqual(["age_over_18"]);
  await page.getByRole("button", { name: "出示二维码" }).click();
  await expect(canvas(page)).toBeVisible();
  const without = await payloadOf(page);
  await page.getByRole("button", { name: "关闭" }).click();
  await present(page, "age-only");
  expect((await payloadOf(page)).length).toBeGreaterThan(without.length + 1000);
});

test("what is drawn is black on white with its quiet zone, in dark mode too", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await claim(page, "lin");
  await present(page, "roadside");
  const { rgba, width, height } = await pixels(page);
  const bytes = Buffer.from(rgba, "base64");
  const colours = new Set();
  for (let at = 0; at < bytes.length; at += 4) colours.add(bytes.readUInt32BE(at));
  expect([...colours].sort()).toEqual([0x000000ff, 0xffffffff]);
  const side = Math.min(width, height);
  expect(bytes.readUInt32BE(((side >> 6) * width + (side >> 6)) * 4), "the corner is light").toBe(0xffffffff);
  const frame = await page.locator('[data-slot="frame"]').evaluate((frame) => getComputedStyle(frame).backgroundColor);
  expect(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"]).toContain(frame);
  const dialog = await page.locator('[data-screen="present"]').evaluate((dialog) => getComputedStyle(dialog).backgroundColor);
  expect(dialog).toBe("rgb(255, 255, 255)");
});

test("the code fills the width of a phone, whole pixels a module", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await claim(page, "lin");
  await present(page, "roadside");
  const box = await canvas(page).boundingBox();
  expect(box.width).toBeGreaterThan(330);
  const sharp = await canvas(page).evaluate((canvas) => canvas.width === Math.round(canvas.getBoundingClientRect().width * devicePixelRatio));
  expect(sharp, "the code is not scaled by the browser").toBe(true);
});

test("the code is as high as a phone on its side lets it be", async ({ page }) => {
  for (const [width, height, least] of [[844, 390, 250], [667, 375, 240]]) {
    await page.setViewportSize({ width, height });
    if (width === 844) {
      await claim(page, "lin");
      await present(page, "roadside");
    }
    // A dot is a whole number of pixels: up to a dot of each is left over.
    await expect.poll(async () => (await canvas(page).boundingBox()).width).toBeGreaterThan(least);
    await expect(canvas(page)).toBeInViewport({ ratio: 1 });
  }
});

test("what is below the code stays where it is, however the code is shown", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await claim(page, "lin");
  await present(page, "roadside");
  const button = page.getByRole("button", { name: "更容易读" });
  await pixels(page);
  const top = async () => Math.round((await button.boundingBox()).y);
  const first = await top();
  for (let press = 0; press < 3; press++) {
    await button.click();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await top()).toBe(first);
  }
});

for (const viewport of [{ width: 844, height: 390 }, { width: 932, height: 430 }, { width: 667, height: 375 }, { width: 1280, height: 800 }]) {
  test(`the whole code is in view on a screen of ${viewport.width} by ${viewport.height}, and stays there on a wide one`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await claim(page, "lin");
    await present(page, "roadside");
    await expect(canvas(page)).toBeInViewport({ ratio: 1 });
    if (viewport.width < 800) return;
    await screen(page, "present").evaluate((dialog) => dialog.scrollTo(0, dialog.scrollHeight));
    await expect(canvas(page)).toBeInViewport({ ratio: 1 });
  });
}

test("it is signed anew every 20 seconds, and never shown beyond its life", async ({ page, context }) => {
  await claim(page, "lin");
  await present(page, "age-only", { portrait: false });
  const first = await payloadOf(page);
  await expect(page.locator('[data-slot="seconds"]')).toHaveText(/^(4\d|5\d|60)$/);
  await advance(context, 21);
  await expect(page.locator('[data-slot="seconds"]')).toHaveText(/^(5\d|60)$/);
  // Readers of the old one have their time first, a lap of its frames.
  await expect.poll(async () => (await payloadOf(page)).equals(first)).toBe(false);
  // A device that slept beyond the life of its code: it is not shown a moment longer.
  await advance(context, 120);
  await expect(page.getByText("二维码已失效").first()).toBeVisible();
  await expect(canvas(page)).toHaveCount(0);
});

test("a hidden page shows no code, and says that it stopped", async ({ page }) => {
  await claim(page, "lin");
  await present(page, "roadside");
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(page.getByText("已停止出示")).toBeVisible();
  await expect(canvas(page)).toHaveCount(0);
});

test("the screen is kept awake while a code is shown, and let go with it", async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.awake = [];
    const request = WakeLock.prototype.request;
    WakeLock.prototype.request = async function (kind) {
      const lock = await request.call(this, kind);
      awake.push(lock);
      return lock;
    };
  });
  await claim(page, "lin");
  await present(page, "roadside");
  const states = () => page.evaluate(() => globalThis.awake.map((lock) => (lock.released ? "released" : "held")));
  await expect.poll(states).toEqual(["held"]);
  await page.getByRole("button", { name: "关闭" }).click();
  await expect.poll(states).toEqual(["released"]);
});

test("a licence that must not be used has red around its code, not in it", async ({ page }) => {
  await claim(page, "gao");
  await present(page, "roadside");
  await expect(page.locator('[data-screen="present"]')).toHaveAttribute("data-group", "red");
  await expect(page.locator('[data-slot="warning"]')).toContainText("暂扣");
  const bytes = Buffer.from((await pixels(page)).rgba, "base64");
  const colours = new Set(Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32BE(at * 4)));
  expect([...colours].sort()).toEqual([0x000000ff, 0xffffffff]);
});

test("another tab that deletes the wallet ends the showing", async ({ page, context }) => {
  await claim(page, "lin");
  const other = await context.newPage();
  await other.goto("/wallet/");
  await expect(screen(other, "home")).toBeVisible();
  await present(page, "roadside");
  await other.getByRole("button", { name: "详情" }).click();
  await other.getByRole("button", { name: "删除证件夹" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(canvas(page)).toHaveCount(0);
  await expect(screen(page, "welcome")).toBeVisible();
});
