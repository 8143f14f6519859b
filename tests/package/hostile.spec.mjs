// What is written in a licence is text: it is never markup, breaks no layout, and turns no sentence around.
import { expect, test } from "./support/desk.mjs";

const MARKUP = '<img src=x onerror="globalThis.hit=1"><script>globalThis.hit=1</script>';
const LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafewaren";
const BIDI = "\u202eevil\u2066\u200f";

/** A decision about hostile facts, as a verifier of the page would give it. */
const decide = (check, portrait) =>
  check.evaluate(
    async (one, { MARKUP, LONG, BIDI, portrait }) => {
      const text = (value) => ["x", { kind: "text", value }];
      const decision = {
        outcome: "review",
        policy: { id: MARKUP, version: BIDI, sha256: "" },
        at: new Date(),
        reasons: [],
        deciding: [{ rule: MARKUP, outcome: "fail", code: MARKUP, effect: "review", checks: [{ state: "fail", code: MARKUP, message: { code: MARKUP, args: [text(MARKUP)] } }] }],
        compareFace: true,
        facts: {
          profile: "iso",
          name: LONG + MARKUP,
          "national-name": BIDI + MARKUP,
          sex: MARKUP,
          number: LONG,
          "issuing-country": MARKUP,
          "issuing-jurisdiction": BIDI,
          "issuing-authority": MARKUP,
          privileges: { classes: null, domestic: null, iso: [{ code: MARKUP, restrictions: [{ code: MARKUP }, null, 7] }] },
          "status-letters": { letters: MARKUP, as_of: 0, until: null },
        },
        portrait: Uint8Array.from(atob(portrait), (letter) => letter.charCodeAt(0)),
        issuer: { name: MARKUP + LONG, country: BIDI, lists: [], keySha256: "" },
        demo: true,
        headline: { code: MARKUP, args: [] },
        notes: [{ code: MARKUP, args: [] }],
        with: () => decision,
      };
      one.verifier = { check: async () => decision };
      await one.check(new Uint8Array([1]));
    },
    { MARKUP, LONG, BIDI, portrait: Buffer.from(portrait).toString("base64") },
  );

const portraits = {
  "a page": "<!doctype html><script>globalThis.hit=1</script>",
  "an SVG with a script": '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.hit=1"><script>globalThis.hit=1</script></svg>',
  "a JPEG that is cut off": Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
};
for (const [name, portrait] of Object.entries(portraits)) {
  test(`hostile facts, and a portrait that is ${name}`, async ({ page, desk }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    const { check } = await desk({ lang: "en" });
    await decide(check, portrait);
    await expect(check.locator(".portrait")).toHaveText(/The portrait cannot be shown/);
    await expect(check.locator(".name")).toContainText(MARKUP);
    await check.locator("#all").click();
    expect(await page.evaluate(() => globalThis.hit)).toBeUndefined();
    const inside = await check.evaluate((one) => [one.shadowRoot.querySelectorAll("script, iframe, object, [style]").length, one.shadowRoot.querySelectorAll("img").length]);
    expect(inside, "scripts, frames, styles; pictures").toEqual([0, 0]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "sideways scrolling").toBeLessThanOrEqual(0);
    // Each value stands alone, so that an override ends with it.
    expect(await check.locator(".name bdi").count()).toBe(2);
  });
}

for (const [name, stops] of [["one colour", ["#ddd", "#ddd"]], ["an even gradient", ["#ddd", "#555"]]]) {
  test(`a portrait of ${name} shows nobody`, async ({ page, desk }) => {
    const { check, live } = await desk({ lang: "en" });
    const jpeg = await page.evaluate(async ([from, to]) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [120, 160];
      const context = canvas.getContext("2d");
      const gradient = context.createLinearGradient(0, 0, 0, 160);
      gradient.addColorStop(0, from);
      gradient.addColorStop(1, to);
      context.fillStyle = gradient;
      context.fillRect(0, 0, 120, 160);
      return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
    }, stops);
    await decide(check, Buffer.from(jpeg, "base64"));
    await expect(check.locator(".portrait")).toHaveText("The portrait shows nobody: look at another document with a photo");
    await expect(live).toHaveText(/The portrait shows nobody/);
    await expect(check.locator("img")).toHaveCount(0);
  });
}
