// Several licences in one wallet: one lies on top and is the one that is shown; each has its own key, list and deletion.
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { ask, handInQuestion } from "./support/challenge.mjs";
import { payloadOf } from "./support/film.mjs";
import { records } from "./support/store.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { addAnother, claim, openWallet, present, screen } from "./support/wallet.mjs";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const tabs = (page) => page.locator("[data-licence]");
const tab = (page, name) => tabs(page).filter({ hasText: name });
const card = (page) => page.locator("[data-card]").first();

/** A wallet of two: the first is Lin's, and Zhao's lies on top. */
async function both(page) {
  await claim(page, "lin");
  await addAnother(page, "zhao");
  await button(page, "确认并领取").click();
  await expect(card(page)).toContainText("赵远舟");
}

const everything = async (page) => [...(await records(page, "licence")), ...(await records(page, "further"))];
const keys = async (page) => (await everything(page)).filter(({ hasKey }) => hasKey).map(({ key }) => key);

test("a second licence is added, and lies on top; the first is as it was", async ({ page }) => {
  await claim(page, "lin");
  await expect(tabs(page), "one licence needs no choice").toHaveCount(0);
  const first = await records(page, "licence");
  await addAnother(page, "zhao");
  await button(page, "确认并领取").click();
  await expect(card(page)).toContainText("赵远舟");
  await expect(tabs(page)).toHaveCount(2);
  expect(await records(page, "licence"), "nothing of the first was touched").toEqual(first);
  expect(await keys(page)).toEqual(["current", "current:2"]);
  expect(await records(page, "application")).toEqual([]);
  await page.reload();
  await expect(card(page)).toContainText("赵远舟");
});

test("another is put on top by touch, by the keyboard, and for a screen reader; a reload keeps it", async ({ page }) => {
  await both(page);
  const bar = page.getByRole("navigation", { name: "这台设备上的驾驶证" });
  await expect(bar.getByRole("button", { pressed: true })).toContainText("赵远舟");
  const stripes = await tabs(page).evaluateAll((all) => all.map((one) => getComputedStyle(one).borderInlineStartColor));
  expect(stripes[1], "the chosen one keeps the colour of its state").toBe(stripes[0]);
  await tab(page, "林知夏").click();
  await expect(card(page)).toContainText("林知夏");
  await expect(bar.getByRole("button", { pressed: true })).toContainText("林知夏");
  await expect(page.locator("#say")).toContainText("林知夏");
  await page.reload();
  await expect(card(page)).toContainText("林知夏");
  await tab(page, "赵远舟").focus();
  await page.keyboard.press("Enter");
  await expect(card(page)).toContainText("赵远舟");
  await page.reload();
  await expect(card(page)).toContainText("赵远舟");
});

test("what is shown is the one on top, and the list says whose it was", async ({ page, world }) => {
  await both(page);
  await present(page, "roadside");
  const payload = await payloadOf(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "记录 1" })).toBeVisible();
  await tab(page, "林知夏").click();
  await expect(page.getByRole("button", { name: "记录 0" })).toBeVisible();
  await page.getByRole("button", { name: "记录 0" }).click();
  await expect(screen(page, "history").getByRole("listitem")).toContainText("赵远舟");
  const verifier = await world.open();
  await openVerifier(verifier.page, "roadside");
  await handIn(verifier.page, pictures(payload));
  expect(await verdict(verifier.page)).toMatchObject({ colour: "green", name: "赵远舟" });
});

test("one is deleted with its key and its list; the other stays; the place counts on", async ({ page }) => {
  await both(page);
  await present(page, "roadside");
  await page.keyboard.press("Escape");
  await tab(page, "林知夏").click();
  await present(page, "age-only");
  await page.keyboard.press("Escape");
  await tab(page, "赵远舟").click();
  await button(page, "详情").click();
  await button(page, "删除这一本").click();
  await expect(page.getByRole("dialog")).toContainText("赵远舟");
  await expect(page.getByRole("dialog")).toContainText("其他驾驶证不受影响");
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(card(page)).toContainText("林知夏");
  await expect(tabs(page)).toHaveCount(0);
  expect(await keys(page)).toEqual(["current"]);
  expect(await records(page, "shown")).toHaveLength(1);
  await page.reload();
  await expect(card(page)).toContainText("林知夏");
  await expect(page.getByText("丢失了")).toHaveCount(0);
  await addAnother(page, "zhao");
  await button(page, "确认并领取").click();
  await expect(tabs(page)).toHaveCount(2);
  const again = (await records(page, "further")).find(({ key }) => key === "current:2");
  expect(again.generation, "never that of the deleted one").toBeGreaterThan(1);
});

test("the licence of a person who has it already is opened and not claimed twice", async ({ page }) => {
  await both(page);
  await button(page, "详情").click();
  await button(page, "添加另一本驾驶证").click();
  await page.locator('[data-person="lin"]').click();
  await expect(page.getByRole("heading", { name: "这本已经在这台设备上" })).toBeVisible();
  await button(page, "打开这一本").click();
  await expect(card(page)).toContainText("林知夏");
  await expect(tabs(page)).toHaveCount(2);
  expect(await records(page, "application")).toEqual([]);
});

test("a claim of another that is left is said on the card, and goes on", async ({ page }) => {
  await claim(page, "lin");
  await addAnother(page, "zhao");
  await page.reload();
  await expect(card(page)).toContainText("林知夏");
  await expect(page.getByText("另一本驾驶证尚未领完")).toBeVisible();
  await button(page, "继续").click();
  await button(page, "确认并领取").click();
  await expect(card(page)).toContainText("赵远舟");
  await expect(page.getByText("另一本驾驶证尚未领完")).toHaveCount(0);
});

test("two tabs: one adds, one deletes, and neither shows what is gone", { tag: "@T-two-tabs" }, async ({ page, context }) => {
  await claim(page, "lin");
  const other = await context.newPage();
  await openWallet(other);
  await addAnother(page, "zhao");
  await button(page, "确认并领取").click();
  await expect(card(page)).toContainText("赵远舟");
  await expect(tabs(other)).toHaveCount(2);
  await expect(card(other), "each tab keeps its own on top").toContainText("林知夏");
  await button(other, "详情").click();
  await tab(page, "林知夏").click();
  await expect(card(page)).toContainText("林知夏");
  await button(other, "删除这一本").click();
  await other.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  for (const one of [page, other]) {
    await expect(card(one)).toContainText("赵远舟");
    await expect(tabs(one)).toHaveCount(0);
    await one.reload();
    await expect(card(one)).toContainText("赵远舟");
    await expect(one.getByText("丢失了")).toHaveCount(0);
  }
});

test("two tabs that add at once end with one of them, and nothing half", { tag: "@T-two-tabs" }, async ({ page, context }) => {
  await claim(page, "lin");
  await addAnother(page, "zhao");
  const other = await context.newPage();
  await openWallet(other);
  await button(other, "继续").click();
  await expect(button(other, "确认并领取")).toBeVisible();
  await Promise.all([page, other].map((one) => one.getByRole("button", { name: "确认并领取" }).evaluateAll(([button]) => button?.click())));
  await expect.poll(() => keys(page)).toEqual(["current", "current:2"]);
  for (const one of [page, other]) {
    await openWallet(one);
    await expect(tabs(one)).toHaveCount(2);
  }
});

/** Changes a record of the further licences. */
const change = (page, how) => page.evaluate(async (how) => {
  const settled = (request) => new Promise((done, fail) => ((request.onsuccess = () => done(request.result)), (request.onerror = fail)));
  const database = await settled(indexedDB.open("liangzheng"));
  const store = () => database.transaction("further", "readwrite").objectStore("further");
  if (how === "delete") await settled(store().delete("current:2"));
  else {
    const value = await settled(store().get("current:2"));
    value.credential[value.credential.length >> 1] ^= 1;
    await settled(store().put(value, "current:2"));
  }
  database.close();
}, how);

test("one that is lost is said beside the other, once", { tag: "@T-key-lost" }, async ({ page }) => {
  await both(page);
  await page.goto("/");
  await change(page, "delete");
  await openWallet(page);
  await expect(card(page)).toContainText("林知夏");
  await expect(page.getByText("另一本驾驶证丢失了")).toBeVisible();
  await button(page, "知道了").first().click();
  await expect(page.getByText("另一本驾驶证丢失了")).toHaveCount(0);
});

test("one that is damaged stands in nobody's way, and can be deleted alone", { tag: "@T-corruption" }, async ({ page }) => {
  await both(page);
  await page.goto("/");
  await change(page, "damage");
  await openWallet(page);
  await expect(card(page)).toContainText("林知夏");
  await tab(page, "第 2 本读不出来").click();
  await expect(page.getByRole("heading", { name: "保存的驾驶证已损坏" })).toBeVisible();
  await button(page, "删除并重新领取").click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(card(page)).toContainText("林知夏");
  await expect(tabs(page)).toHaveCount(0);
  expect(await keys(page)).toEqual(["current"]);
});

test("a question is answered with the licence on top, or with another that is chosen", async ({ page, world }) => {
  const verifier = await world.open();
  await openVerifier(verifier.page, "rental");
  const question = await ask(verifier.page);
  const wallet = await world.open();
  await both(wallet.page);
  await handInQuestion(wallet.page, question);
  const which = wallet.page.getByRole("group", { name: "用哪一本回答？" });
  await expect(which.getByRole("radio", { checked: true })).toHaveAccessibleName(/赵远舟/);
  await which.getByRole("radio", { name: /林知夏/ }).check();
  await expect(screen(wallet.page, "consent")).toContainText("林");
  await expect(which.getByRole("radio", { checked: true })).toHaveAccessibleName(/林知夏/);
  await wallet.page.getByRole("button", { name: /全部勾选|所需/ }).click();
  await wallet.page.getByRole("button", { name: "出示回答" }).click();
  const answer = await payloadOf(wallet.page);
  await handIn(verifier.page, pictures(answer));
  expect(await verdict(verifier.page)).toMatchObject({ name: "林知夏" });
  await wallet.page.keyboard.press("Escape");
  await wallet.page.getByRole("button", { name: /^记录/ }).click();
  await expect(screen(wallet.page, "history").getByRole("listitem")).toContainText("林知夏");
});
