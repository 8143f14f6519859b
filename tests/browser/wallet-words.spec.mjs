// What the wallet says, and where: answers in place, ways out with an address, a card that can be read.
import path from "node:path";
import { expect, START, test } from "./support/fixtures.mjs";
import { png } from "./support/code.mjs";
import { canvas, choosePurpose, claim, openWallet, present, reviewer, screen, submitPhoto, toPhoto } from "./support/wallet.mjs";

const drawing = path.resolve(import.meta.dirname, "../../www/demo/portraits/tang.jpg");
const PHONE = { width: 390, height: 844 };

/** Presses a button far down on the page; returns how far the page moved by that. */
async function pressInPlace(page, button) {
  await button.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await button.click();
  return async () => Math.abs((await page.evaluate(() => scrollY)) - before);
}

test("updating and asking to keep are answered beside their buttons, which keep the focus", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.addInitScript(() => {
    navigator.storage.persist = async () => false;
    navigator.storage.persisted = async () => false;
  });
  await claim(page, "lin");
  await page.getByRole("button", { name: "详情" }).click();
  const answer = page.locator('[data-slot="answer"]');
  for (const [name, words] of [["更新资料", "资料已更新"], ["请求长期保存", "浏览器没有同意"]]) {
    const button = page.getByRole("button", { name });
    const moved = await pressInPlace(page, button);
    await expect(answer).toContainText(words);
    await expect(answer).toBeInViewport();
    await expect(button).toBeFocused();
    expect(await moved()).toBeLessThan(60);
  }
});

/** Claims with a photo of the holder's own, up to the review. */
async function handIn(page, file = drawing) {
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(screen(page, "crop")).toBeVisible();
  await submitPhoto(page);
}

async function begin(page) {
  await openWallet(page);
  await toPhoto(page, "he");
}

test("a photo that may not be replaced yet is said at its button", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await begin(page);
  await handIn(page);
  await reviewer(page);
  await page.getByRole("button", { name: "通过" }).click();
  await expect(screen(page, "home")).toBeVisible();
  await page.getByRole("button", { name: "详情" }).click();
  const button = page.getByRole("button", { name: "更换照片" });
  const moved = await pressInPlace(page, button);
  const problem = page.locator('[data-problem="replace-too-early"]');
  await expect(problem).toBeInViewport();
  await expect(screen(page, "details")).toBeVisible();
  expect(await moved()).toBeLessThan(400);
});

test("in the details numbers and address are masked until they are wanted, and again after leaving", async ({ page }) => {
  await claim(page, "lin");
  const facts = page.locator('[data-screen="details"] [data-slot="facts"]');
  for (let visit = 0; visit < 2; visit++) {
    await page.getByRole("button", { name: "详情" }).click();
    await expect(facts).toContainText("••••");
    const masked = await facts.innerText();
    await page.getByRole("button", { name: "显示完整内容" }).click();
    await expect(facts).not.toContainText("•");
    expect(masked).not.toContain((await facts.locator("bdi").nth(2).textContent()).slice(5, 14));
    await page.getByRole("button", { name: "隐藏", exact: true }).click();
    await expect(facts).toContainText("••••");
    await page.getByRole("button", { name: "显示完整内容" }).click();
    await page.getByRole("button", { name: "返回" }).click();
  }
});

test("entries of the history that cannot be read are counted, and said", async ({ page }) => {
  await claim(page, "lin");
  await page.evaluate(async () => {
    const settled = (request) => new Promise((done, fail) => ((request.onsuccess = () => done(request.result)), (request.onerror = fail)));
    const database = await settled(indexedDB.open("liangzheng"));
    const transaction = database.transaction("shown", "readwrite");
    for (const entry of [{ at: "yesterday" }, 7]) transaction.objectStore("shown").add(entry);
    await new Promise((done) => (transaction.oncomplete = done));
    database.close();
  });
  await page.reload();
  await page.getByRole("button", { name: /记录/ }).click();
  await expect(screen(page, "history")).toContainText("另有 2 条记录已损坏");
  await expect(page.getByText("还没有出示过")).toBeHidden();
});

test("the value stands beside the name of what can be ticked", async ({ page }) => {
  await claim(page, "lin");
  await choosePurpose(page, "counter");
  const value = (name) => page.locator(`.ticks [data-element="${name}"] [data-slot="value"]`);
  await expect(value("family_name_national_character")).toHaveText("林");
  await expect(value("classes")).toContainText("C1");
  await expect(value("document_number"), "the number masked").toContainText("••••");
});

test("nothing on the card looks like a code and is none", async ({ page }) => {
  await claim(page, "lin");
  await expect(page.locator("[data-card]").getByRole("button", { name: "出示" })).toHaveCount(0);
});

test("in English the card has the office and the address in Latin letters, and the sex with a capital", async ({ world }) => {
  const { page } = await world.open({ at: START, locale: "en" });
  await claim(page, "lin");
  const card = page.locator("[data-card]");
  await expect(card.locator('[data-slot="sex"]')).toHaveText(/^(Fem|M)ale$/);
  for (const slot of ["address", "authority"]) await expect(card.locator(`[data-slot="${slot}"]`)).toHaveText(/^[\x20-\x7e]+$/);
});

test("that the demo moved the day of the claim is said beside what happened", async ({ world }) => {
  for (const [person, moved] of [["gao", true], ["lin", false]]) {
    const { page } = await world.open({ at: START });
    await claim(page, person);
    await expect(page.getByText("次日情况发生变化")).toHaveCount(moved ? 1 : 0);
  }
});

test("a low screen shows the button of each step", async ({ world }) => {
  for (const locale of ["zh-CN", "en"]) {
    const { page } = await world.open({ at: START, locale, viewport: { width: 320, height: 640 } });
    await openWallet(page);
    await expect(page.locator('[data-action="start"]')).toBeInViewport({ ratio: 1 });
    await page.locator('[data-action="start"]').click();
    await page.locator('[data-person="lin"]').click();
    for (const step of ["found", "on-file"]) {
      await expect(screen(page, step)).toBeVisible();
      await expect(page.locator('[data-action="next"]')).toBeInViewport({ ratio: 1 });
      await page.locator('[data-action="next"]').click();
    }
    await expect(page.locator('[data-action="confirm"]')).toBeInViewport({ ratio: 1 });
  }
});

test("what was deleted is said above the screen", async ({ page }) => {
  await claim(page, "lin");
  await page.getByRole("button", { name: "详情" }).click();
  await page.getByRole("button", { name: "删除证件夹" }).click();
  await page.locator('[data-dialog="delete"]').getByRole("button", { name: "删除", exact: true }).click();
  await expect(screen(page, "welcome")).toBeVisible();
  await expect(page.locator("#told")).toHaveText("已删除。");
  await expect(page.locator("#told")).toBeVisible();
});

test("each tile says in one line what it shows, and what it does not", async ({ page }) => {
  await claim(page, "lin");
  await page.locator("#show").click();
  const about = (purpose) => page.locator(`label[data-purpose="${purpose}"] [data-slot="about"]`);
  for (const purpose of ["roadside", "rental", "freight", "passenger"]) await expect(about(purpose)).toContainText("照片");
  await expect(about("insurance")).toContainText("不含照片");
  await expect(about("age-only")).toContainText("没有姓名");
});

for (const [name, luma] of [["white", () => 255], ["a gradient", (x, y) => (x + y) / 8]]) {
  test(`a picture without structure is refused before it is sent: ${name}`, async ({ page }) => {
    await begin(page);
    const [width, height] = [800, 1163];
    const pixels = Buffer.alloc(width * height);
    for (let at = 0; at < pixels.length; at++) pixels[at] = luma(at % width, Math.floor(at / width));
    await page.locator('input[type="file"]').setInputFiles({ name: "flat.png", mimeType: "image/png", buffer: png({ luma: pixels, width, height }) });
    await page.getByRole("button", { name: "用这张照片" }).click();
    await expect(page.locator('[data-problem="picture-empty"]')).toBeVisible();
    await expect(screen(page, "crop")).toBeVisible();
    await page.getByRole("button", { name: "换一张" }).click();
    await handIn(page);
    await expect(screen(page, "review")).toBeVisible();
  });
}

test("a rejected photo is shown with the count; after the third there are an office, a day and what to bring", async ({ page }) => {
  await begin(page);
  for (const count of [1, 2]) {
    await handIn(page);
    await reviewer(page);
    await page.getByRole("button", { name: "退回", exact: true }).click();
    await expect(page.getByRole("heading", { name: `第 ${count} 次，共 3 次` })).toBeVisible();
    await expect(page.locator('[data-slot="rejected"]')).toBeVisible();
  }
  await handIn(page);
  await reviewer(page);
  await page.getByRole("button", { name: "退回", exact: true }).click();
  const counter = page.locator('[data-slot="counter"]');
  for (const words of ["请到发证机关窗口：", "交通警察支队", "工作日", "居民身份证"]) await expect(counter).toContainText(words);
});

test("a wide picture can be zoomed out until the head fits, with white beside it", async ({ page }) => {
  await begin(page);
  const [width, height] = [1200, 800];
  const pixels = Buffer.alloc(width * height);
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at % 40 < 20) === (Math.floor(at / width) % 40 < 20) ? 60 : 140;
  await page.locator('input[type="file"]').setInputFiles({ name: "wide.png", mimeType: "image/png", buffer: png({ luma: pixels, width, height }) });
  const zoom = page.getByRole("slider", { name: "放大" });
  expect(Number(await zoom.getAttribute("min"))).toBeLessThan(100);
  await zoom.fill(await zoom.getAttribute("min"));
  const top = () => page.getByRole("application").evaluate((canvas) => canvas.getContext("2d").getImageData(260, 4, 1, 1).data[0]);
  await expect.poll(top).toBe(255);
});

test("the card is enlarged until its smallest text can be read", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await claim(page, "lin");
  await expect(page.getByText("仅凭画面不能证明")).toBeVisible();
  const button = page.getByRole("button", { name: "放大" });
  await button.click();
  const large = page.locator("dialog.large-card");
  await expect(large).toBeVisible();
  const sizes = await large.locator(".front dt, .front dd bdi, .front .card-times, .front .card-bars span").evaluateAll((all) =>
    all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(14);
  const box = await large.locator(".front").boundingBox();
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  await large.locator("[data-card]").click();
  await expect(large.locator("[data-card]")).toHaveAttribute("data-side", "back");
  await page.keyboard.press("Escape");
  await expect(large).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("who must not drive is told what to do; who may is told what is open", async ({ world }) => {
  const told = { gao: [["怎么办", "请联系发证机关"], ["全国有效", "起可办理"]], tang: [["违法未处理", "请尽快处理"], []], xu: [["实习期到", "不得牵引"], []] };
  for (const [person, [there, gone]] of Object.entries(told)) {
    const { page } = await world.open({ at: START });
    await claim(page, person);
    for (const words of there) await expect(screen(page, "home")).toContainText(words);
    for (const words of gone) await expect(page.getByText(words).filter({ visible: true })).toHaveCount(0);
  }
});

test("the countdown hurries nobody: it is ready, and renews itself", async ({ page }) => {
  await claim(page, "lin");
  await present(page, "roadside");
  await expect(page.locator('[data-slot="rhythm"]')).toHaveText("随时可扫：每 20 秒自动更新");
  await expect(page.getByText("对方读到后即可关闭")).toBeVisible();
  await expect(canvas(page)).toBeVisible();
  await page.getByRole("button", { name: "关闭" }).click();
  await choosePurpose(page, "rental");
});
