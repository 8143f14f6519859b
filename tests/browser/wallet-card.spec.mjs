// The card: its content for each person, both sides, the number, the clock, and all of it by keyboard alone.
import { advance, expect, test } from "./support/fixtures.mjs";
import { canvas, claim, find, openWallet, screen } from "./support/wallet.mjs";

const card = (page) => page.locator("[data-card]");
const slot = (page, name) => page.locator(`[data-card] [data-slot="${name}"]`);

test("it turns by a tap, by its button, and by a key", async ({ page }) => {
  await claim(page, "zhao");
  await expect(card(page)).toHaveAttribute("data-side", "front");
  await card(page).click({ position: { x: 40, y: 8 } });
  await expect(card(page)).toHaveAttribute("data-side", "back");
  await expect(page.getByRole("group", { name: "副页" })).toContainText("云溪");
  await expect(page.getByRole("group", { name: "副页" })).toContainText("重型牵引挂车");
  await page.getByRole("button", { name: "翻面" }).click();
  await expect(card(page)).toHaveAttribute("data-side", "front");
  await page.getByRole("button", { name: "翻面" }).focus();
  await page.keyboard.press("Enter");
  await expect(card(page)).toHaveAttribute("data-side", "back");
  await expect(page.locator("#flip")).toHaveAttribute("aria-pressed", "true");
});

test("the number is masked until it is asked for", async ({ page }) => {
  await claim(page, "lin");
  await expect(slot(page, "number")).not.toHaveText(/\d{6}/);
  const masked = await slot(page, "number").innerText();
  await page.getByRole("button", { name: "显示完整证号" }).click();
  expect((await slot(page, "number").innerText()).replace(/\s/g, "")).toMatch(/^\d{17}[\dX]$/);
  await page.getByRole("button", { name: "隐藏证号" }).click();
  await expect(slot(page, "number")).toHaveText(masked);
});

test("its clock runs, and it says when it was made", async ({ page, context }) => {
  await claim(page, "lin");
  await expect(slot(page, "clock")).toContainText("2026");
  const generated = await slot(page, "generated").innerText();
  await advance(context, 3600);
  await expect(slot(page, "clock")).toContainText(/17:4\d/);
  await expect(slot(page, "generated")).toHaveText(generated);
});

for (const [person, name, group, words] of [
  ["lin", "林知夏", "green", ["正常"]],
  ["zhao", "赵远舟", "green", ["A2", "长期"]],
  ["xu", "许念安", "green", ["C2"]],
  ["gao", "高岩", "red", ["暂扣"]],
  ["wei", "韦一鸣", "red", ["超分"]],
  ["cheng", "程晚晴", "red", ["失效"]],
  ["shen", "沈德茂", "green", ["C1"]],
]) {
  test(`${name}: ${group}, ${words}`, async ({ page }) => {
    await claim(page, person);
    await expect(card(page)).toHaveAttribute("data-group", group);
    for (const word of [name, ...words]) await expect(card(page)).toContainText(word);
    // A licence that must not be used says so above the card, and can be shown all the same.
    await expect(page.getByText("不得驾驶", { exact: true })).toHaveCount(group === "red" ? 1 : 0);
    await expect(page.locator("#show")).toBeEnabled();
  });
}

test("at 71 the classes C3 and C4 are gone", async ({ page }) => {
  await claim(page, "shen");
  await page.locator("#flip").click();
  await expect(page.locator('[data-slot="class-table"] .line')).toHaveCount(1);
  await expect(page.locator('[data-slot="class-table"]')).not.toContainText(/C3|C4/);
});

test("a locked licence cannot be claimed, and it is said why", async ({ page }) => {
  await openWallet(page);
  await find(page, "qin");
  await expect(page.getByRole("alert").filter({ hasText: "不能申领" })).toContainText("请联系发证机关");
  await page.locator("[data-language]").first().click();
  await expect(page.getByRole("alert").filter({ hasText: /cannot be claimed|office/i })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "不能申领" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Next" })).toBeHidden();
  await page.getByRole("button", { name: "This is not me" }).click();
  await expect(screen(page, "people")).toBeVisible();
});

for (const person of ["gao", "wei", "cheng", "bai"]) {
  test(`the status of ${person} stays within its place on the card, in both languages`, async ({ page }) => {
    await claim(page, person);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const language of ["zh-CN", "en"]) {
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        const cut = await page.evaluate(() => {
          const face = document.querySelector(".card-face");
          const words = document.createRange();
          words.selectNodeContents(face.querySelector("[data-slot=status]"));
          const [text, times] = [words.getBoundingClientRect(), face.querySelector(".card-times").getBoundingClientRect()];
          const bottom = face.getBoundingClientRect().bottom;
          return [text.right - times.left, text.bottom - bottom, times.bottom - bottom].filter((over) => over > 0);
        });
        expect(cut, `${language} at ${width}`).toEqual([]);
        await page.locator("[data-language]").first().click();
      }
    }
  });
}

test("names of any length stay on the card", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await claim(page, "shangguan");
  const cut = await card(page).evaluate((card) =>
    [...card.querySelectorAll(".front bdi, .front b")].filter((text) => {
      const [inner, outer] = [text.getBoundingClientRect(), card.getBoundingClientRect()];
      return inner.width > 0 && (inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1);
    }).map((text) => text.dataset.slot ?? text.textContent),
  );
  expect(cut).toEqual([]);
});

test("facts older than 12 h are refreshed silently when the wallet is opened, and stay when it is offline", async ({ page, context }) => {
  await claim(page, "lin");
  const generated = () => slot(page, "generated").innerText();
  const first = await generated();
  await advance(context, 11 * 3600);
  await page.reload();
  await expect(screen(page, "home")).toBeVisible();
  expect(await generated(), "11 h are not old").toBe(first);
  await advance(context, 2 * 3600);
  await page.reload();
  await expect(screen(page, "home")).toBeVisible();
  const second = await generated();
  expect(second).not.toBe(first);
  expect(second).toContain("2026-11-23");
});

test("from home to a code without a mouse", async ({ page }) => {
  await claim(page, "lin");
  await page.reload();
  await expect(screen(page, "home")).toBeVisible();
  const tabTo = async (target) => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      if (await target.evaluate((element) => element === document.activeElement)) {
        const seen = await target.evaluate((element) => {
          // A radio button is drawn by its tile.
          const drawn = element.closest("label") ?? element;
          const style = getComputedStyle(drawn);
          const own = getComputedStyle(element);
          return [style, own].some(({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none");
        });
        expect(seen, "the focus can be seen").toBe(true);
        return;
      }
    }
    throw new Error(`no Tab leads to ${target}`);
  };
  await tabTo(page.locator("#show"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "给谁看？" })).toBeFocused();
  await tabTo(page.locator('input[value="roadside"]'));
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('input[value="rental"]')).toBeChecked();
  await tabTo(page.locator("#present"));
  await page.keyboard.press("Enter");
  await expect(canvas(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(screen(page, "home")).toBeVisible();
});

test.describe("where little motion is wanted", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });
  test("nothing moves, and the card turns all the same", async ({ page }) => {
    await openWallet(page);
    await claim(page, "lin");
    await page.locator("#flip").click();
    await expect(card(page)).toHaveAttribute("data-side", "back");
    const moving = await page.evaluate(() =>
      document.getAnimations().filter((animation) => animation.effect.getComputedTiming().activeDuration > 1).length,
    );
    expect(moving).toBe(0);
  });
});
