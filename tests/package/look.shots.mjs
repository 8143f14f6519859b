// Pictures of every state, for looking at.
import { expect, test } from "./support/desk.mjs";

const out = process.env.SHOTS ?? "shots/package";
for (const lang of ["zh-CN", "en"])
  for (const scheme of ["light", "dark"])
    for (const width of [390, 1280])
      test(`${lang} ${scheme} ${width}`, async ({ page, desk, firm }) => {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme: scheme });
        const shot = (name) => page.screenshot({ path: `${out}/${name}-${width}-${lang}-${scheme}.png`, fullPage: true });
        await page.addInitScript(() => {
          navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream(30);
        });
        const { check, verdict, hand } = await desk({ lang });
        await shot("1-ways");
        await hand({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
        await expect(check.locator("#trouble")).toBeVisible();
        await shot("2-trouble");
        await hand(firm.pictures(firm.payload("lin")));
        await expect(verdict).toBeVisible();
        await shot("3-face");
        await check.locator("#face-same").click();
        await shot("4-accept");
        await check.locator("#all").click();
        await shot("5-all");
        await check.locator("#next").click();
        await hand(firm.pictures(firm.payload("gao")));
        await expect(verdict).toBeVisible();
        await shot("6-refuse");
        await check.locator("#next").click();
        await check.locator("#camera").click();
        await expect(check.locator(".hint")).not.toHaveText("");
        await shot("7-camera");
      });
