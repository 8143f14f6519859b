// A camera that is allowed and gives nothing: it is said after five seconds, and a touch tries again.
import { expect, test } from "@playwright/test";

// A canvas takes the camera's place; `globalThis.paint()` gives it a picture.
const canvasCamera = () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 480];
  const context = canvas.getContext("2d");
  let shade = 0;
  globalThis.paint = () => {
    context.fillStyle = `rgb(${(shade = (shade + 40) % 200)} 90 90)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  };
  globalThis.cameras = 0;
  navigator.mediaDevices.getUserMedia = async () => {
    globalThis.cameras += 1;
    const stream = canvas.captureStream();
    globalThis.paint();
    return stream;
  };
};

const opened = async (page, before) => {
  await page.context().grantPermissions(["camera"]);
  await page.clock.install();
  await page.addInitScript(canvasCamera);
  await page.addInitScript(before);
  await page.goto("/verify/");
  await expect(page.locator("html")).toHaveAttribute("data-start", "started");
};

const camera = (page) => page.locator("#scan");
const silent = async (page) => {
  await expect(camera(page)).toHaveAttribute("data-camera", "silent");
  await expect(page.locator("#invite")).toContainText(/相机没有画面|The camera gives no picture/);
  await expect(page.locator("#camera-start")).toBeVisible();
};

test("a video that never says that it plays is read all the same", async ({ page }) => {
  await opened(page, () => { HTMLMediaElement.prototype.play = () => new Promise(() => {}); });
  await expect(camera(page)).toHaveAttribute("data-camera", "live");
});

test("a camera that was allowed and never opens is said, and a touch opens it", async ({ page }) => {
  await opened(page, () => {
    const right = navigator.mediaDevices.getUserMedia;
    let asked = 0;
    navigator.mediaDevices.getUserMedia = () => ((asked += 1) === 1 ? new Promise(() => {}) : right());
  });
  await expect(camera(page)).toHaveAttribute("data-camera", "asking");
  await page.clock.runFor(5_000);
  await silent(page);
  await page.locator("#camera-start").click();
  await expect(camera(page)).toHaveAttribute("data-camera", "live");
});

test("a camera that opens after it was given up is closed at once", async ({ page }) => {
  await opened(page, () => {
    const right = navigator.mediaDevices.getUserMedia;
    let asked = 0;
    navigator.mediaDevices.getUserMedia = async () => {
      const stream = await right();
      if ((asked += 1) > 1) return stream;
      globalThis.first = stream;
      return new Promise((resolve) => { globalThis.late = () => resolve(stream); });
    };
  });
  await expect(camera(page)).toHaveAttribute("data-camera", "asking");
  await page.clock.runFor(5_000);
  await silent(page);
  await page.locator("#camera-start").click();
  await expect(camera(page)).toHaveAttribute("data-camera", "live");
  await page.evaluate(() => globalThis.late());
  await expect.poll(() => page.evaluate(() => globalThis.first.getTracks()[0].readyState)).toBe("ended");
  await expect(camera(page)).toHaveAttribute("data-camera", "live");
});

test("pictures that the browser does not count are pictures", async ({ page }) => {
  // As Firefox says of every stream.
  await opened(page, () => { HTMLVideoElement.prototype.getVideoPlaybackQuality = () => ({ totalVideoFrames: 0 }); });
  for (let second = 0; second < 9; second++) {
    const shown = page.evaluate(() => new Promise((done) => document.getElementById("video").requestVideoFrameCallback(done)));
    await page.evaluate(() => globalThis.paint());
    await shown;
    await page.clock.runFor(1_000);
    await expect(camera(page)).toHaveAttribute("data-camera", "live");
  }
  await page.clock.runFor(8_000);
  await silent(page);
});

test("pictures that stop are said, and read again when they come back", async ({ page }) => {
  await opened(page, () => {});
  await expect(camera(page)).toHaveAttribute("data-camera", "live");
  await page.clock.runFor(8_000);
  await silent(page);
  const painted = async () => {
    await page.evaluate(() => globalThis.paint());
    await page.clock.runFor(1_000);
    return camera(page).getAttribute("data-camera");
  };
  await expect.poll(painted).toBe("live");
});
