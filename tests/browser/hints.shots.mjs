// `cargo xtask shots hints`: scanning with each hint, in both languages, at two widths, light and dark.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "./support/fixtures.mjs";
import { HINTS, provoke, words } from "./support/hints.mjs";

const folder = path.resolve(import.meta.dirname, "../shots");

for (const hint of Object.keys(HINTS)) {
  test(`scanning: ${hint}`, async ({ world }) => {
    await mkdir(folder, { recursive: true });
    await provoke(world, hint, async (page) => {
      const status = page.locator("#status-text");
      await expect(status).toHaveText(words(hint, "zh-CN"));
      for (const language of ["zh-CN", "en"]) {
        if (language === "en") await page.locator("[data-language]").first().click();
        await expect(status).toHaveText(words(hint, language));
        for (const size of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
          await page.setViewportSize(size);
          for (const colorScheme of ["light", "dark"]) {
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            await page.screenshot({ path: path.join(folder, `hint-${hint}-${language}-${size.width}-${colorScheme}.png`) });
          }
        }
      }
    });
  });
}
