// Each hint to the person with the camera, provoked by a film that is made for it: one hint, its words, and no other.
import { expect, test } from "./support/fixtures.mjs";
import { HINTS, provoke, words } from "./support/hints.mjs";

/** A film has 120 pictures, 30 a second. */
const FILM_SECONDS = 4;

for (const hint of Object.keys(HINTS)) {
  test(`what cannot be read is told: ${hint}`, async ({ world }) => {
    await provoke(world, hint, async (page, said) => {
      const status = page.locator("#status-text");
      await expect(status).toHaveText(words(hint, "zh-CN"));
      await expect(page.locator("#status-icon")).toBeVisible();
      await expect(page.locator("#status-icon path")).toHaveAttribute("d", /^M/);
      // The film goes round, and nothing else is said.
      const before = said.length;
      const seen = () => page.locator("#video").evaluate((video) => video.currentTime);
      const round = (await seen()) + FILM_SECONDS;
      await expect.poll(seen).toBeGreaterThan(round);
      await expect(status).toHaveText(words(hint, "zh-CN"));
      expect(said.slice(before)).toEqual([]);
      const others = Object.keys(HINTS).filter((other) => other !== hint).map((other) => words(other, "zh-CN"));
      expect(said.filter((sentence) => others.includes(sentence)), "no other hint, at any time").toEqual([]);
      await page.locator("[data-language]").first().click();
      await expect(status).toHaveText(words(hint, "en"));
      await expect(page.locator("#scan")).toHaveAttribute("data-camera", "live");
    });
  });
}
