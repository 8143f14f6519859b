// <licence-check> as a field of a form.
import { expect, test } from "./support/desk.mjs";

const form = (tag) => `<form id="form" method="post" action="/book"><input name="car" value="small" aria-label="car">${tag}<button id="send">send</button><button id="empty" type="reset">reset</button></form>`;

test("it posts the presentation, and the outcome as a preview", async ({ page, desk, firm }) => {
  const { check, hand, verdict } = await desk({ attributes: "name=licence", around: form });
  const payload = firm.payload("lin");
  await page.locator("#send").click();
  expect(firm.site.posted, "a form without a licence is not sent").toEqual([]);
  expect(await check.evaluate((one) => [one.validity.valueMissing, one.validationMessage, one.form?.id])).toEqual([true, "请先出示驾驶证。", "form"]);
  await hand(firm.pictures(payload));
  await check.locator("#face-same").click();
  await expect(verdict).toHaveClass(/accept/);
  await page.locator("#send").click();
  await expect(page.locator("#posted")).toBeVisible();
  const body = firm.site.posted.pop();
  expect([...body.keys()]).toEqual(["car", "licence", "licence-preview"]);
  expect(body.get("licence-preview")).toBe("accept");
  expect(Buffer.from(body.get("licence"), "base64url").equals(Buffer.from(payload))).toBe(true);
});

test("a reset empties it, a disabled fieldset closes it", async ({ page, desk, firm }) => {
  const { check, hand, verdict } = await desk({ attributes: "name=licence", around: (tag) => form(`<fieldset id="set">${tag}</fieldset>`) });
  await hand(firm.pictures(firm.payload("lin")));
  await expect(verdict).toBeVisible();
  await page.locator("#empty").click();
  await expect(verdict).toHaveCount(0);
  expect(await page.evaluate(() => [...new FormData(document.querySelector("#form")).keys()])).toEqual(["car"]);
  await page.locator("#set").evaluate((set) => (set.disabled = true));
  await expect(check.locator(".base")).toHaveAttribute("inert");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, clipboardData: data }));
  }, Buffer.from(firm.payload("lin")).toString("base64url"));
  await expect(verdict).toHaveCount(0);
  await page.locator("#set").evaluate((set) => (set.disabled = false));
  await expect(check.locator(".base")).not.toHaveAttribute("inert");
});

test("nothing of the licence is in the page itself", async ({ page, desk, firm }) => {
  const { check, hand, verdict } = await desk({ attributes: "name=licence", around: form });
  const before = await page.evaluate(() => document.documentElement.outerHTML);
  await hand(firm.pictures(firm.payload("lin")));
  await check.locator("#face-same").click();
  await expect(verdict).toHaveClass(/accept/);
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
});
