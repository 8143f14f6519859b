// Screenshots of one state: both languages, two widths, light and dark.
import path from "node:path";
import { expect } from "./fixtures.mjs";

export const folder = path.resolve(import.meta.dirname, "../../shots");
const sizes = [{ width: 390, height: 844 }, { width: 1280, height: 800 }];

/** Shows the page in a language, also where a dialog covers the button. */
export async function speak(page, language) {
  await page.evaluate((language) => {
    if (document.documentElement.lang !== language) document.querySelector("[data-language]").click();
  }, language);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

export async function shoot(page, state, { fullPage = true, at } = {}) {
  for (const language of ["zh-CN", "en"]) {
    await speak(page, language);
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        if (at) await page.locator(at).scrollIntoViewIfNeeded();
        await page.screenshot({ path: path.join(folder, `${state}-${language}-${size.width}-${colorScheme}.png`), fullPage });
      }
    }
  }
  await speak(page, "zh-CN");
}
