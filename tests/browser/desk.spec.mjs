// The authority's desk: drivers, what a change does, suspension, counter, status list, journal, roll-out.
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { advance, expect, now, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { payloadOf } from "./support/film.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { claim, openWallet, present, toConfirm } from "./support/wallet.mjs";
import { speak } from "./support/shots.mjs";
import { journal, openDesk, practise, ready, steps } from "./support/desk.mjs";

test.use({ still: true });

/** What a button hands out as a file. */
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const outcome = (page) => page.locator(".outcome");
const save = (page) => page.getByRole("button", { name: "保存", exact: true });

/** Adds class D of 1 June 2026 to a driver's classes. */
async function addClass(page, reference) {
  await openDesk(page, `driver-${reference}`);
  await page.getByLabel("更改什么").selectOption("classes");
  await page.getByLabel(/^D 普通三轮摩托车/).first().check();
  await page.getByLabel("D 起始日期").fill("2026-06-01");
}

test("a driver is found by name, by the whole number in groups, and by its last four", async ({ page }) => {
  await openDesk(page, "drivers");
  const rows = page.locator(".driver-row");
  await expect(rows).toHaveCount(12);
  const field = page.getByLabel(/证号（全部或后四位）或姓名/);
  await field.fill("林知夏");
  await expect(rows).toHaveCount(1);
  const number = await rows.first().locator('[data-slot="number"]').textContent();
  await field.fill(number);
  await expect(rows).toHaveCount(1);
  await field.fill(number.replaceAll(" ", "").slice(-4));
  await expect(rows.filter({ hasText: "林知夏" })).toHaveCount(1);
  await field.fill("没有");
  await expect(page.locator('[data-slot="count"]')).toContainText("没有找到");
  await field.fill("Zhixia");
  await rows.first().click();
  await expect(page.locator('[data-screen="driver"] h2')).toContainText("林知夏");
  await page.goBack();
  await expect(rows).toHaveCount(1);
});

test("what a change does is said before it is saved; the receipt can be saved, and the journal agrees with it", async ({ page }) => {
  await addClass(page, "lin");
  await expect(outcome(page)).toContainText("准驾车型：C1 → C1D");
  await expect(outcome(page)).toContainText("立即失效");
  expect(await steps(page)).toEqual({});
  await save(page).click();
  await expect(page.locator('[data-slot="facts"]')).toContainText("C1D");
  await expect(page.locator('[data-slot="history"]')).toContainText("更改资料");
  const receipt = await saved(page, () => page.getByRole("button", { name: "保存为文件" }).click());
  expect(JSON.parse(receipt.bytes)).toMatchObject({ step: "changed", index: 0, size: 1 });
  await page.getByLabel("更改什么").selectOption("points");
  await page.getByLabel("本周期累积记分").fill("12");
  await expect(outcome(page)).toContainText("B 超分");
  await save(page).click();
  await expect(page.locator('[data-slot="facts"]')).toContainText("B 超分");
  await openDesk(page, "journal");
  await page.getByRole("button", { name: "核对日志" }).click();
  await expect(page.locator(".verified")).toContainText("✓ 日志完整：2 步");
  await speak(page, "en");
  await expect(page.locator(".verified")).toHaveText(/^✓ The journal is whole: 2 steps/);
  await speak(page, "zh-CN");
  await page.locator('input[type="file"]').setInputFiles({ name: "receipt.json", mimeType: "application/json", buffer: receipt.bytes });
  await expect(page.locator(".verified")).toContainText("与 1 份回执一致");
  const { bytes } = await saved(page, () => page.getByRole("button", { name: "导出（NDJSON）" }).click());
  expect(bytes.toString().trim().split("\n").map((line) => JSON.parse(line).step)).toEqual(["changed", "changed"]);
  const checkpoint = await saved(page, () => page.getByRole("button", { name: "检查点" }).click());
  expect(checkpoint.bytes.toString().split("\n")[1]).toBe("2");
  await page.getByLabel("步骤").selectOption("approved");
  await expect(page.locator('[data-slot="count"]')).toContainText("没有符合的记录");
});

test("a journal that was rewritten is found by a receipt, and the desk then does nothing more", async ({ page }) => {
  await addClass(page, "lin");
  await save(page).click();
  const receipt = await saved(page, () => page.getByRole("button", { name: "保存为文件" }).click());
  await page.evaluate(async () => {
    const settled = (request) => new Promise((done, fail) => ((request.onsuccess = () => done(request.result)), (request.onerror = fail)));
    const database = await settled(indexedDB.open("liangzheng-desk"));
    const store = database.transaction("journal", "readwrite").objectStore("journal");
    const [key] = await settled(store.getAllKeys());
    const line = await settled(store.get(key));
    await settled(store.put(line.replace("desk-1", "desk-2"), key));
    database.close();
  });
  await openDesk(page, "journal");
  await page.locator('input[type="file"]').setInputFiles({ name: "receipt.json", mimeType: "application/json", buffer: receipt.bytes });
  await expect(page.locator(".verified")).toHaveAttribute("data-outcome", "fail");
  await page.locator('input[type="file"]').setInputFiles({ name: "letter.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await expect(page.locator(".verified")).toContainText("letter.json 不是回执");
});

test("points and letters bring no re-claim; what no licence can say is refused before it is saved", async ({ page }) => {
  await openDesk(page, "driver-zhao");
  await expect(save(page)).toBeDisabled();
  await page.getByLabel("更改什么").selectOption("points");
  await expect(outcome(page)).toContainText("与现在相同");
  await page.getByLabel("本周期累积记分").fill("6");
  await expect(outcome(page)).toContainText("记分：1 → 6");
  await expect(outcome(page)).not.toContainText("重新申领");
  await page.getByLabel("本周期累积记分").fill("");
  await expect(save(page)).toBeDisabled();
  await page.getByLabel("更改什么").selectOption("validity");
  await page.getByLabel("长期").uncheck();
  await page.getByLabel("失效日期").fill("1990-01-01");
  await expect(save(page)).toBeDisabled();
  await page.getByLabel("更改什么").selectOption("letters");
  await page.getByLabel("A 正常").uncheck();
  await expect(save(page)).toBeDisabled();
});

test("suspended and reinstated; at the counter nothing is written without a paper", async ({ page }) => {
  await openDesk(page, "driver-lin");
  await page.getByRole("button", { name: "暂停" }).click();
  await expect(page.locator('[data-slot="facts"]')).toContainText("D 暂扣");
  await page.getByRole("button", { name: "恢复" }).click();
  await expect(page.locator('[data-slot="facts"]')).not.toContainText("D 暂扣");
  await page.getByLabel("更改什么").selectOption("points");
  await page.getByLabel("本周期累积记分").fill("0");
  await page.getByLabel(/驾驶人在窗口办理/).check();
  await expect(outcome(page)).toContainText("请勾选窗口出示的材料");
  await expect(save(page)).toBeDisabled();
  await page.getByLabel("居民身份证").check();
  await save(page).click();
  await expect(page.locator('[data-slot="history"]')).toContainText("出示：居民身份证");
  expect((await journal(page)).map(({ step }) => step)).toEqual(["suspended", "reinstated", "counter"]);
});

test("once a verifier has the new list, a licence from before a change of class is red", { tag: "@T-suspended" }, async ({ world, page, context }) => {
  const wallet = await world.open();
  await claim(wallet.page, "lin");
  await present(wallet.page, "roadside");
  const payload = await payloadOf(wallet.page);
  await advance(context, 2);
  await addClass(page, "lin");
  await save(page).click();
  await expect(page.locator("#told")).toContainText("已保存");
  await openDesk(page, "status");
  await expect(page.locator('[data-screen="status"]')).toContainText("上次发布以来有 1 处变化");
  const list = await saved(page, () => page.getByRole("button", { name: "发布（下载文件）" }).click());
  expect(list.name).toBe("status-list.cwt");
  await expect(page.locator('[data-screen="status"]')).toContainText("上次发布以来没有变化");
  const verifier = await world.open({ at: now(wallet.context) + 3000 });
  await openVerifier(verifier.page, "roadside");
  await handIn(verifier.page, pictures(payload));
  expect((await verdict(verifier.page)).colour).toBe("green");
  // A verifier that has not seen this code yet.
  const informed = await world.open({ at: now(wallet.context) + 3000 });
  await openVerifier(informed.page, "roadside");
  await informed.page.locator("#lists summary").click();
  await informed.page.locator("#list-file").setInputFiles({ name: list.name, mimeType: "application/statuslist+cwt", buffer: list.bytes });
  await expect(informed.page.locator('#lists [data-slot="told"]')).toHaveAttribute("data-state", "pass");
  await handIn(informed.page, pictures(payload));
  const seen = await verdict(informed.page);
  expect(seen.colour).toBe("red");
  expect(seen.failed).toContain("status-list-invalid");
});

test("the roll-out on the desk's date, its calendar, its clerk, and a desk that is cleared", async ({ page }) => {
  await openDesk(page, "rollout");
  await expect(page.locator('.batch[data-open="yes"]')).toHaveCount(4);
  await page.getByLabel("2021年9月1日").check();
  await expect(page.locator("#told")).toContainText("2021年9月1日");
  await expect(page.locator('.batch[data-open="yes"]')).toHaveCount(2);
  await expect(page.locator(".batch").nth(1)).toContainText("青禾");
  await page.reload();
  await expect(page.locator('.batch[data-open="no"]')).toHaveCount(2);
  await page.getByLabel("今天（设备的日期）").check();
  await page.getByLabel("工号").fill("王警官");
  await page.getByLabel("工号").press("Enter");
  await expect(page.locator("#told")).toContainText("工号已更改");
  await openDesk(page, "driver-lin");
  await page.getByRole("button", { name: "暂停" }).click();
  await expect(page.locator('[data-slot="history"]')).toContainText("王警官");
  await openDesk(page, "rollout");
  await page.getByRole("button", { name: "清空工作台" }).click();
  await page.getByRole("button", { name: "全部删除" }).click();
  await expect(page.locator("#told")).toContainText("已清空");
  expect(await steps(page)).toEqual({});
});

test("a browser that keeps nothing is told so, with a way out", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { get: () => { throw new DOMException("", "SecurityError"); } }));
  await page.goto("/authority/");
  await expect(page.locator('[data-screen="trouble"]')).toContainText(/\S/);
  await expect(page.locator('[data-screen="trouble"] [data-action="again"]')).toBeVisible();
});

test("axe finds nothing on any view, in light and dark; nothing is wider than 320 pixels", async ({ page, context }) => {
  const look = async (name) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary.split("\n")[1]}`));
      expect.soft(found, `${name}, ${colorScheme}`).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    const wide = () => page.evaluate(() => {
      const scroller = document.querySelector("dialog[open]") ?? document.documentElement;
      const shown = [...scroller.querySelectorAll(".button, h1, h2, h3, input, select")].filter((one) => one.checkVisibility() && !one.matches(".visually-hidden"));
      return Math.max(scroller.scrollWidth - scroller.clientWidth, ...shown.map((one) => Math.floor(one.getBoundingClientRect().right) - innerWidth));
    });
    // A code is drawn anew for its new width with the next frame.
    await expect.poll(wide, `${name}: wider than 320 pixels`).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await openDesk(page);
  await look("empty queue");
  await practise(page, 12);
  await ready(page);
  await look("review");
  await page.keyboard.press("r");
  await look("reasons");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await look("keys");
  for (const view of ["drivers", "status", "journal", "rollout", "driver-lin"]) {
    await openDesk(page, view);
    await look(view);
  }
  for (const fact of ["classes", "letters", "validity"]) {
    await page.getByLabel("更改什么").selectOption(fact);
    await look(`change of ${fact}`);
  }
  await openDesk(page, "post");
  await expect(page.locator('[data-action="offer-save"]')).toBeEnabled();
  await look("post, with nothing to hand over");
  const wallet = await context.newPage();
  await openWallet(wallet);
  await toConfirm(wallet, "lin");
  await wallet.getByText("在受理窗口申领", { exact: true }).click();
  await wallet.getByRole("button", { name: /交给本浏览器中的/ }).click();
  await expect(wallet.locator('[data-screen="home"]')).toContainText("林知夏");
  await expect(page.locator(".answer-row")).toHaveCount(1);
  await look("post, with an answer");
  await page.getByRole("button", { name: "再次出示" }).click();
  await expect(page.getByRole("dialog").locator("canvas")).toBeVisible();
  await look("the answer");
});
