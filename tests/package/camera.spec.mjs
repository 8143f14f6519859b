// The camera of <licence-check>: a canvas that shows a wallet's moving code takes its place.
import { expect, test } from "./support/desk.mjs";

/** Replaces the camera by a canvas that shows frames one after the other, for ever; `globalThis.lose` ends it. */
async function film(page, frames) {
  await page.addInitScript((frames) => {
    globalThis.begun = 0;
    globalThis.ended = 0;
    navigator.mediaDevices.getUserMedia = async () => {
      globalThis.begun++;
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [640, 640];
      const context = canvas.getContext("2d");
      let at = 0;
      const draw = () => {
        const { size, dark } = frames[at++ % frames.length];
        const scale = Math.floor(600 / (size + 8));
        const edge = (640 - size * scale) / 2;
        context.fillStyle = "#fff";
        context.fillRect(0, 0, 640, 640);
        context.fillStyle = "#000";
        dark.forEach((is, module) => {
          if (is) context.fillRect(edge + (module % size) * scale, edge + Math.floor(module / size) * scale, scale, scale);
        });
      };
      draw();
      const timer = setInterval(draw, 200);
      const stream = canvas.captureStream(30);
      const [track] = stream.getTracks();
      const stop = track.stop.bind(track);
      track.stop = () => {
        clearInterval(timer);
        globalThis.ended++;
        stop();
      };
      globalThis.lose = () => track.dispatchEvent(new Event("ended"));
      return stream;
    };
  }, frames);
}

const frames = (firm, payload) => Array.from({ length: Math.ceil(payload.length / 300) + 2 }, (_, at) => firm.holder.frame(payload, at));

test("the camera reads a moving code, is closed, and opens again for the next person", async ({ page, desk, firm }) => {
  await film(page, frames(firm, firm.payload("lin")));
  const { check, verdict, heard } = await desk();
  await check.getByRole("button", { name: "打开相机" }).click();
  await expect(verdict).toHaveText(/请比对照片/);
  await expect(check.locator("#verdict")).toBeFocused();
  expect(await heard()).toContain("progress receiving");
  expect(await page.evaluate(() => [globalThis.begun, globalThis.ended])).toEqual([1, 1]);
  await check.getByRole("button", { name: "下一位" }).click();
  // It reads the same code again, which is seen.
  await expect(verdict).toHaveText(/已扫过此码/);
  expect(await page.evaluate(() => [globalThis.begun, globalThis.ended])).toEqual([2, 2]);
});

test("start=camera opens it at once; the ring counts, and the language changes while it runs", async ({ page, desk, firm }) => {
  // Too few frames to be whole.
  await film(page, frames(firm, firm.payload("lin")).slice(0, 2));
  const { check, live } = await desk({ attributes: 'start="camera"' });
  await expect(check.locator(".hint")).toHaveText(/正在读取 2 \/ \d+/);
  await expect(check.locator(".count")).toHaveText(/^2\/\d+$/);
  await expect(live).toHaveText(/正在读取/);
  await check.evaluate((one) => (one.lang = "en"));
  await expect(check.locator(".hint")).toHaveText(/Hold still: 2 of \d+ read/);
  expect(await check.locator("video").evaluate((video) => video.paused)).toBe(false);
  await check.getByRole("button", { name: "Close the camera" }).click();
  await expect(check.getByRole("button", { name: "Open the camera" })).toBeFocused();
  expect(await page.evaluate(() => [globalThis.begun, globalThis.ended])).toEqual([1, 1]);
});

test("a camera that is not allowed: how to allow it, and the other ways at once", async ({ page, desk, firm, context }) => {
  await context.clearPermissions();
  const { check, trouble, hand, verdict, heard } = await desk({ lang: "en" });
  await check.getByRole("button", { name: "Open the camera" }).click();
  await expect(trouble).toContainText("The camera is not allowed");
  await expect(trouble).toContainText("set Camera to Allow");
  await expect(trouble).toBeFocused();
  expect(await heard()).toEqual(["error camera-refused"]);
  await expect(check.getByRole("button", { name: "Choose pictures" })).toBeVisible();
  await hand(firm.pictures(firm.payload("lin")));
  await expect(verdict).toBeVisible();
});

for (const [name, code] of [["NotFoundError", "camera-missing"], ["NotReadableError", "camera-failed"]]) {
  test(`a camera that fails with ${name}`, async ({ page, desk }) => {
    await page.addInitScript((name) => {
      navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException("", name);
      };
    }, name);
    const { check, trouble } = await desk();
    await check.getByRole("button", { name: "打开相机" }).click();
    await expect(trouble.locator("code")).toHaveText(code);
  });
}

test("a camera that is unplugged is said", async ({ page, desk, firm }) => {
  await film(page, frames(firm, firm.payload("lin")).slice(0, 1));
  const { check, trouble } = await desk();
  await check.getByRole("button", { name: "打开相机" }).click();
  await expect(check.locator(".count")).toHaveText(/^1\//);
  await page.evaluate(() => globalThis.lose());
  await expect(trouble.locator("code")).toHaveText("camera-lost");
});

test("an element that is taken out of the page closes its camera", async ({ page, desk, firm }) => {
  await film(page, frames(firm, firm.payload("lin")).slice(0, 1));
  const { check } = await desk({ attributes: 'start="camera"' });
  await expect(check.locator(".count")).toHaveText(/^1\//);
  await check.evaluate((one) => one.remove());
  await expect.poll(() => page.evaluate(() => globalThis.ended)).toBe(1);
});
