// The still code: one screenshot of the wallet, or one shot of a scanner gun, is a whole answer for every purpose.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { advance, expect, now, setClock, START, test } from "./support/fixtures.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { canvas, choosePurpose, claim, screen } from "./support/wallet.mjs";

const wasm = fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm"));
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm) }, fireImmediately: true });

/** What the verifier makes of the still answer of a driver with A2, asked about the usual vehicle of the purpose. */
const EXPECTED = {
  roadside: { colour: "amber", failed: ["still-answer"] },
  rental: { colour: "amber", failed: ["still-answer"] },
  insurance: { colour: "green", failed: [] },
  "age-only": { colour: "amber", failed: ["portrait-left-out"] },
  freight: { colour: "amber", failed: ["still-answer"] },
  // A2 is no class for a bus: a refusal stays one.
  passenger: { colour: "red", failed: ["class-not-covered", "still-answer"] },
  counter: { colour: "amber", failed: ["portrait-left-out"] },
};
const TICKED = ["portrait_small", "family_name_national_character", "given_name_national_character", "document_number", "classes",
  "status_letters", "expiry_date", "long_term"];

const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true },
  "phone with few pixels": { viewport: { width: 390, height: 844 } },
  laptop: { viewport: { width: 1280, height: 800 } },
};

const button = (page, form) => page.locator(`[data-action="${form}"]`);

/** From home to a still code for this purpose. */
async function showStill(page, purpose, form) {
  await choosePurpose(page, purpose);
  if (purpose === "counter") {
    for (const name of TICKED) await page.locator(`.ticks [data-element="${name}"] input`).check();
  }
  await page.locator("#present").click();
  await expect(canvas(page)).toBeVisible();
  await button(page, form).click();
  await expect(button(page, form)).toHaveAttribute("aria-pressed", "true");
  await screen(page, "present").evaluate((dialog) => dialog.scrollTo(0, 0));
  // The code is drawn with the next refresh.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const close = (page) => page.getByRole("button", { name: "关闭" }).click();

for (const [name, options] of Object.entries(SCREENS)) {
  test(`one screenshot by hand is a whole answer for every purpose, ${name}`, async ({ world }) => {
    const { page: wallet, context } = await world.open({ at: START, ...options });
    await claim(wallet, "zhao");
    const { page, context: desk } = await world.open({ at: START });
    for (const [purpose, expected] of Object.entries(EXPECTED)) {
      await showStill(wallet, purpose, "single");
      const shots = [await wallet.screenshot()];
      // And one of the next signature, once it is drawn.
      const until = wallet.locator('[data-slot="until"]');
      const before = await until.textContent();
      await advance(context, 21);
      await expect(until).not.toHaveText(before);
      await wallet.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      shots.push(await wallet.screenshot());
      await setClock(desk, now(context) + 1000);
      for (const shot of shots) {
        await openVerifier(page, purpose);
        await handIn(page, [shot]);
        const seen = await verdict(page);
        expect({ colour: seen.colour, failed: seen.failed.sort() }, purpose).toEqual(expected);
        expect(seen.portrait).toBe(false);
        expect(seen.ask, "no face is compared").toBe(null);
        expect(seen.text).not.toContain("没有出示：照片");
      }
      await close(wallet);
    }
  });
}

test("a scanner gun gets an answer for every purpose", async ({ world }) => {
  const { page: wallet, context } = await world.open({ at: START, ...SCREENS.laptop });
  await claim(wallet, "zhao");
  const { page, context: desk } = await world.open({ at: START });
  for (const [purpose, expected] of Object.entries(EXPECTED)) {
    await showStill(wallet, purpose, "digits");
    const [code] = await readBarcodes(new Blob([await wallet.screenshot()]), { formats: ["QRCode"], tryHarder: true });
    expect(code?.text, purpose).toMatch(/^7601\d+$/);
    await openVerifier(page, purpose);
    await page.getByRole("button", { name: "扫码枪" }).click();
    await expect(page.getByRole("textbox", { name: /扫码枪输入的数字/ })).toBeFocused();
    await page.keyboard.insertText(code.text);
    await page.keyboard.press("Enter");
    const seen = await verdict(page);
    expect({ colour: seen.colour, failed: seen.failed.sort() }, purpose).toEqual(expected);
    await close(wallet);
    for (const one of [context, desk]) await advance(one, 5);
  }
});

test("the holder is told before and while a still code is shown, and its picture says when it ends", async ({ world }) => {
  const { page, context } = await world.open({ at: START, viewport: { width: 390, height: 844 } });
  await claim(page, "lin");
  await choosePurpose(page, "roadside");
  await page.locator("#present").click();
  const told = page.locator('[data-slot="still"]');
  await expect(told).toContainText("内容较少，没有：照片");
  await expect(told).toContainText("带照片的证件");
  const shows = page.locator('[data-slot="shows"]');
  await expect(shows).toContainText("照片");
  const until = page.locator('[data-slot="until"]');
  await expect(until).toBeHidden();

  await button(page, "single").click();
  await expect(until).toHaveText("有效至 2026-11-22 16:49:07");
  await expect(until).toBeInViewport();
  await expect(shows).not.toContainText("照片");
  await expect(shows).not.toContainText("出生日期");
  await expect(shows).toContainText("准驾车型");
  await expect(page.getByText("每个小格不到 3 个像素")).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByText("每个小格不到 3 个像素")).toBeHidden();
  await advance(context, 21);
  await expect(until).toHaveText("有效至 2026-11-22 16:49:28");

  await button(page, "single").click();
  await expect(button(page, "single")).toHaveAttribute("aria-pressed", "false");
  await expect(shows).toContainText("照片");
  await expect(until).toBeHidden();
});

test("a counter that ticks all is told that one still code is too small, and stays with the code that moves", async ({ world }) => {
  const { page } = await world.open({ at: START, viewport: { width: 1280, height: 800 } });
  await claim(page, "lin");
  await choosePurpose(page, "counter");
  await page.getByRole("button", { name: "全部勾选" }).click();
  await page.locator("#present").click();
  await button(page, "single").click();
  await expect(page.getByText("一个静止码放不下")).toBeVisible();
  await expect(button(page, "single")).toHaveAttribute("aria-pressed", "false");
  await expect(page.locator('[data-slot="shows"]')).toContainText("照片");
});
