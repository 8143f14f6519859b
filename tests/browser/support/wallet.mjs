// The wallet by its controls.
import { expect } from "@playwright/test";

export const screen = (page, name) => page.locator(`[data-screen="${name}"]`);

/** Opens the wallet and waits until it shows one of its screens. */
export async function openWallet(page) {
  await page.goto("/wallet/");
  await expect(page.locator("#app > [data-screen]")).toBeVisible();
}

/** A button by its name in either language. */
const button = (page, name) => page.getByRole("button", { name });

/** From the welcome to the licence of a demo driver, as it is on file. */
export async function find(page, person) {
  await button(page, /开始领取|^Start$/).click();
  await page.locator(`[data-person="${person}"]`).click();
  await expect(screen(page, "found")).toBeVisible();
}

/** From the welcome to the photo of a demo driver: the one on file, or the ways to one. */
export async function toPhoto(page, person) {
  await find(page, person);
  await button(page, /^下一步$|^Next$/).click();
  await expect(screen(page, "on-file").or(screen(page, "photo"))).toBeVisible();
}

/** From the welcome to the last question before the licence of a demo driver whose photo is on file. */
export async function toConfirm(page, person = "lin") {
  await toPhoto(page, person);
  await button(page, /是我，下一步|Yes, this is me/).click();
  await expect(button(page, /确认并领取|Confirm and claim/)).toBeVisible();
}

/** Claims the licence of a demo driver whose photo is on file; ends at home. */
export async function claim(page, person = "lin") {
  await openWallet(page);
  await toConfirm(page, person);
  await button(page, /确认并领取|Confirm and claim/).click();
  await expect(screen(page, "home")).toBeVisible();
}

/** From home to the last question before the licence of another demo driver, whose photo is on file. */
export async function addAnother(page, person) {
  await button(page, /^详情$|^Details$/).click();
  await button(page, /添加另一本驾驶证|Add another licence/).click();
  await page.locator(`[data-person="${person}"]`).click();
  await button(page, /^下一步$|^Next$/).click();
  await button(page, /是我，下一步|Yes, this is me/).click();
  await expect(screen(page, "confirm")).toBeVisible();
}

/** Uses the photo that is cropped, and hands it in. */
export async function submitPhoto(page) {
  await button(page, /^用这张照片$|^Use this photo$/).click();
  await button(page, /^提交审核$|^Submit for review$/).click();
}

/** Plays the reviewer of the photo that waits. */
export async function reviewer(page) {
  const desk = page.locator('[data-screen="review"] details[data-slot="desk"]');
  await expect(desk).toBeVisible();
  if (!(await desk.evaluate((details) => details.open))) await desk.locator("summary").click();
}

/** From home to the choice of a purpose, with this one chosen. */
export async function choosePurpose(page, purpose, { portrait = true } = {}) {
  await page.locator("#show").click();
  await expect(screen(page, "purpose")).toBeVisible();
  await page.locator(`label[data-purpose="${purpose}"]`).click();
  await expect(page.locator(`input[value="${purpose}"]`)).toBeChecked();
  if (purpose === "age-only" && !portrait) await page.getByRole("checkbox", { name: /照片|portrait/i }).uncheck();
}

/** From home to a code on the screen. */
export async function present(page, purpose, options) {
  await choosePurpose(page, purpose, options);
  await page.getByRole("button", { name: /出示二维码|Show the code/ }).click();
  await expect(screen(page, "present")).toBeVisible();
  await expect(canvas(page)).toBeVisible();
}

/** The code on the screen. */
export const canvas = (page) => page.getByRole("img", { name: /驾驶证二维码|Licence code/ });

/** Pixels of the code on the screen, once one is drawn: base64 of RGBA, width and height. */
export async function pixels(page) {
  const drawn = (canvas) => {
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, 1, 1).data[3] === 255;
  };
  await expect.poll(() => canvas(page).evaluate(drawn), "a code is drawn").toBe(true);
  return canvas(page).evaluate((canvas) => {
    const { width, height } = canvas;
    // A copy to read from: reading the wallet's own canvas again and again would slow it down.
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let text = "";
    for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
    return { rgba: btoa(text), width, height };
  });
}

/** Reads the code until its payload is whole. Returns the payload. A try counts as 100 ms, so that a new code takes over. */
export async function read(page, scanner, code = canvas(page)) {
  for (let tries = 0; tries < 200; tries++) {
    const { luma, width, height } = await code.evaluate(changed);
    const { state } = JSON.parse(scanner.scan(Buffer.from(luma, "base64"), width, height, width, tries * 100));
    if (state === "complete") return Buffer.from(scanner.take_payload());
  }
  throw new Error("the code on the screen was never whole");
}

/** In the page: the next picture of the code that is not the last one, or the same after a second; grey, base64. */
async function changed(canvas) {
  const { width, height } = canvas;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  const look = () => {
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const luma = new Uint8Array(width * height);
    for (let at = 0; at < luma.length; at++) luma[at] = data[at * 4];
    return luma;
  };
  let luma = look();
  for (let frame = 0; frame < 60 && globalThis.lastLook?.length === luma.length && luma.every((v, at) => v === lastLook[at]); frame++) {
    await new Promise((done) => requestAnimationFrame(done));
    luma = look();
  }
  globalThis.lastLook = luma;
  let text = "";
  for (let at = 0; at < luma.length; at += 32768) text += String.fromCharCode(...luma.subarray(at, at + 32768));
  return { luma: btoa(text), width, height };
}
