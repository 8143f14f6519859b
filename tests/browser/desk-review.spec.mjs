// The review of photos at the authority's desk, by keyboard.
import { advance, expect, setClock, now, test } from "./support/fixtures.mjs";
import { journal, openDesk, practise, ready, shownCase, steps } from "./support/desk.mjs";

test.use({ still: true });

const REASONS = ["1", "3", "0", "-", "="];

test("three hundred photos are reviewed by keyboard alone, each decided once", async ({ page }, info) => {
  await openDesk(page);
  await practise(page, 300);
  await expect(page.locator("#waiting")).toHaveText("300");
  const begin = performance.now();
  const seen = new Set();
  let last;
  for (let at = 0; at < 300; at++) {
    last = await ready(page, last);
    seen.add(last);
    if (at % 4 === 3) {
      await page.keyboard.press("r");
      await expect(page.locator('[data-slot="reasons"]')).toBeFocused();
      await page.keyboard.press(REASONS[at % REASONS.length]);
    } else {
      await page.keyboard.press("a");
    }
  }
  await expect(page.locator('[data-slot="empty"]')).toBeVisible();
  const seconds = (performance.now() - begin) / 1000;
  info.annotations.push({ type: "measured", description: `300 photos in ${seconds.toFixed(1)} s` });
  console.log(`300 photos reviewed by keyboard alone in ${seconds.toFixed(1)} s`);
  expect(seen.size).toBe(300);
  expect(await steps(page)).toEqual({ received: 300, approved: 225, rejected: 75 });
  const decided = (await journal(page)).filter(({ step }) => step !== "received").map(({ application }) => application);
  expect(new Set(decided)).toEqual(seen);
});

test("a key does nothing while something is typed, with a modifier, or when single keys are off", async ({ page }) => {
  await openDesk(page);
  await practise(page, 12);
  await ready(page);
  await page.locator("details.filters > summary").click();
  await page.getByLabel("证号或姓名").fill("王");
  await page.keyboard.press("a");
  await page.getByLabel("证号或姓名").fill("");
  await page.locator("body").press("Control+a");
  await page.locator("article.case h3").click();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("a");
  await page.getByLabel("使用单键操作").uncheck();
  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
  await page.locator("article.case h3").click();
  await page.keyboard.press("a");
  expect(await steps(page)).toEqual({ received: 12 });
  // By its button everything can be done all the same.
  const first = await ready(page);
  await page.getByRole("button", { name: "A 通过" }).click();
  await ready(page, first);
  expect(await steps(page)).toEqual({ received: 12, approved: 1 });
});

test("a decision is undone by one key for thirty seconds, also after a reload, and not after", async ({ page, context }) => {
  await openDesk(page);
  await practise(page, 12);
  const first = await ready(page);
  await page.keyboard.press("a");
  const second = await ready(page, first);
  await expect(page.locator('[data-slot="undo-text"]')).toContainText("30 秒内可撤销");
  await openDesk(page);
  await expect(page.locator('[data-slot="undo-text"]')).toContainText("已通过");
  await ready(page);
  await page.keyboard.press("u");
  await expect(shownCase(page)).toHaveAttribute("data-id", first);
  await expect(page.locator("#waiting")).toHaveText("12");
  await ready(page);
  await page.keyboard.press("r");
  await page.keyboard.press("2");
  expect(await ready(page, first)).toBe(second);
  await advance(context, 31);
  await expect(page.locator('[data-slot="undo-text"]')).toContainText("没有可撤销");
  await page.keyboard.press("u");
  await expect(page.locator("#say")).toContainText("没有可撤销");
  expect(await steps(page)).toEqual({ received: 12, approved: 1, undone: 1, rejected: 1 });
});

test("a rejection has its reason and note, and is said to a screen reader with the next photo", async ({ page }) => {
  await openDesk(page);
  await practise(page, 12);
  const first = await ready(page);
  await page.keyboard.press("r");
  await page.keyboard.press("t");
  await page.keyboard.type("请站在白墙前 a1");
  await page.keyboard.press("Enter");
  await page.keyboard.press("1");
  await ready(page, first);
  await expect(page.locator("#say")).toContainText(/已退回：.+现在是 .+第 1 件，共 11 件/);
  const rejected = (await journal(page)).find(({ step }) => step === "rejected");
  expect(rejected).toMatchObject({ reason: "ground", note: "请站在白墙前 a1", application: first, clerk: "desk-1" });
  await page.keyboard.press("r");
  await page.keyboard.press("Escape");
  await expect(page.locator('[data-slot="reasons"]')).toBeHidden();
  await expect(page.getByRole("button", { name: "R 退回" })).toBeFocused();
});

test("what waited for more than a working day is first, marked by a word and a sign, and can be filtered", async ({ page, context }) => {
  await openDesk(page);
  await practise(page, 12);
  await setClock(context, now(context) + 4 * 86_400_000);
  await openDesk(page);
  await practise(page, 12);
  await expect(page.locator('[data-slot="summary"]')).toContainText("待审 24 件，其中 ! 逾期 12 件");
  const ages = await page.locator(".queue-row .age").allTextContents();
  expect(ages.slice(0, 12).every((age) => age.startsWith("! 逾期"))).toBe(true);
  expect(ages.slice(12).every((age) => age.startsWith("已等"))).toBe(true);
  await page.locator("details.filters > summary").click();
  await page.getByLabel("只看逾期").check();
  await expect(page.locator(".queue-row")).toHaveCount(12);
  await page.getByLabel("事项").selectOption("replacement");
  await expect(page.locator(".queue-row")).toHaveCount(4);
  await ready(page);
  await expect(page.locator('[data-slot="file-caption"]')).toHaveText("现用照片");
  await page.getByLabel("证号或姓名").fill("没有这个人");
  await expect(page.locator('[data-slot="empty"]')).toContainText("没有符合筛选条件");
  await page.getByRole("button", { name: "取消筛选" }).click();
  await expect(page.locator(".queue-row")).toHaveCount(24);
});

test("another tab was first: nothing is done twice", async ({ page, context }) => {
  await openDesk(page);
  await practise(page, 12);
  const other = await context.newPage();
  await other.addInitScript(() => delete globalThis.BroadcastChannel);
  await openDesk(other);
  const first = await ready(other);
  await ready(page);
  await page.keyboard.press("a");
  await ready(page, first);
  await other.keyboard.press("r");
  await other.keyboard.press("1");
  await expect(other.locator("#told")).toContainText("另一个标签页刚刚处理过");
  await ready(other, first);
  expect(await steps(page)).toEqual({ received: 12, approved: 1 });
});

test("what cannot be stored is not done, and that is said", async ({ page }) => {
  await openDesk(page);
  await practise(page, 12);
  await ready(page);
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args);
      if (this.name === "queue") this.transaction.abort();
      return request;
    };
  });
  await page.keyboard.press("a");
  await expect(page.locator("#told")).toContainText(/\S/);
  await expect(page.locator("#waiting")).toHaveText("12");
  expect(await steps(page)).toEqual({ received: 12 });
});
