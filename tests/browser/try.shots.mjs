// The tour of the page with wallet and verifier side by side, step by step.
import path from "node:path";
import { test } from "./support/fixtures.mjs";
import { folder } from "./support/shots.mjs";
import { claimBeside, openTry, showBeside } from "./support/try.mjs";

for (const { locale, width, height, colorScheme } of [
  { locale: "zh-CN", width: 1280, height: 800, colorScheme: "light" },
  { locale: "zh-CN", width: 390, height: 844, colorScheme: "dark" },
  { locale: "en-GB", width: 1280, height: 800, colorScheme: "dark" },
  { locale: "en-GB", width: 390, height: 844, colorScheme: "light" },
]) {
  test.describe(`${locale} ${width}`, () => {
    test.use({ locale, viewport: { width, height }, colorScheme });
    test("the tour", async ({ page }) => {
      const shoot = (state) => page.screenshot({ path: path.join(folder, `try-${state}-${locale}-${width}-${colorScheme}.png`) });
      await page.goto("/");
      await shoot("0-start");
      const both = await openTry(page);
      await shoot("1-claim");
      await claimBeside(both, "lin");
      await shoot("2-purpose");
      await both.wallet.locator("#show").click();
      await shoot("3-show");
      await both.wallet.locator('[data-purpose="roadside"]').click();
      await both.wallet.getByRole("button", { name: /出示二维码|Show the code/ }).click();
      await both.verifier.locator("article.verdict").waitFor();
      await shoot("4-verdict");
      await both.verifier.locator("#next").click();
      await shoot("5-change");
      await page.locator("#another-driver").click();
      await claimBeside(both, "gao");
      await showBeside(both, "roadside");
      await both.verifier.locator('article.verdict[data-colour="red"]').waitFor();
      await shoot("6-red");
    });
  });
}
