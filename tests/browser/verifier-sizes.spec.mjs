// The verifier on small and on wide screens: what is pressed first is in view and whole, and a verdict needs no scrolling.
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";

/** Whether an element lies within another, with some pixels to spare. */
const within = async (inner, outer) => {
  const [a, b] = [await inner.boundingBox(), await outer.boundingBox()];
  return a.x >= b.x && a.y >= b.y + 4 && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height - 4;
};

for (const locale of ["zh-CN", "en"]) {
  test(`the camera is opened by a button that is whole: ${locale}`, async ({ world }) => {
    // The last is 1280 by 800 at twice its size.
    for (const [width, height] of [[320, 640], [390, 844], [844, 390], [932, 430], [640, 400]]) {
      const { page } = await world.open({ locale, viewport: { width, height } });
      await openVerifier(page, "roadside");
      const button = page.locator("#camera-start");
      await expect(button).toBeVisible();
      expect(await within(button, page.locator("#stage")), `${width} by ${height}`).toBe(true);
      await expect(button, `${width} by ${height}`).toBeInViewport({ ratio: 1 });
      await page.close();
    }
  });
}

for (const locale of ["zh-CN", "en"]) test(`on a desk the verdict, its five rows and Next are in view: ${locale}`, async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await world.open({ at: shown.at + 2000, locale, viewport: { width: 1280, height: 800 } });
  await openVerifier(page, "roadside");
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green" });
  for (const row of await page.locator("article.verdict .layer").all()) {
    await expect(row).toBeInViewport({ ratio: 1 });
    // Not behind the button.
    expect((await row.boundingBox()).y + (await row.boundingBox()).height).toBeLessThanOrEqual((await page.locator("#next-bar").boundingBox()).y + 1);
  }
  await expect(page.locator("#next")).toBeInViewport({ ratio: 1 });
});
