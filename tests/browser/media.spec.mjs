// Pictures and videos instead of a camera: as files, dropped, pasted, and read off a screen. All take the same way.
import { expect, test } from "./support/fixtures.mjs";
import { frames, pictures, png, symbol } from "./support/code.mjs";
import { video } from "./support/webm.mjs";
import { give, handIn, openCamera, openVerifier, verdict } from "./support/verifier.mjs";
import { canvas, claim, present } from "./support/wallet.mjs";

const status = (page) => page.locator("#status-text");
const film = (page) => page.locator("#film");

/** A verifier in its own window, its clock at that of a wallet's payload. */
async function verifier(world, { at }, options = {}) {
  const opened = await world.open({ at: at + 2000, ...options });
  await openVerifier(opened.page, "roadside");
  return opened;
}

/** Pictures of a payload's frames, of `count` of them. */
const shots = (payload, count) => frames(payload).slice(0, count).map((frame) => symbol(frame));

const file = (buffer, name = "code.webm") => ({ name, mimeType: "video/webm", buffer });

for (const way of ["file", "drop", "paste"]) {
  test(`a video is read: ${way}`, async ({ world, films }) => {
    const shown = await films({ person: "lin", purpose: "roadside", payload: true });
    const recorded = await video(world, shots(shown.payload), { ms: 9000 });
    const { page } = await verifier(world, shown);
    if (way === "file") await page.locator("#files").setInputFiles(file(recorded));
    else await give(page, way, [file(recorded)]);
    await expect(film(page)).toBeVisible();
    expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
    // Nothing of it stays.
    await expect(film(page)).toBeHidden();
    expect(await film(page).evaluate((video) => [video.hasAttribute("src"), video.networkState])).toEqual([false, 0]);
  });
}

test("pictures are dropped on the page, several at once", async ({ world, films }) => {
  const shown = await films({ person: "zhao", purpose: "insurance", payload: true });
  const { page } = await verifier(world, shown);
  await give(page, "drop", pictures(shown.payload).map((buffer, index) => ({ name: `${index}.png`, mimeType: "image/png", buffer })));
  expect((await verdict(page)).name).toBe("赵远舟");
  await expect(page.locator("#app")).not.toHaveAttribute("data-drop");
});

test("what is dropped without a file is told in words", async ({ page }) => {
  await openVerifier(page);
  await give(page, "drop", []);
  await expect(status(page)).toContainText("没有文件");
});

test("what is told while the reading worker is still loading stays when it is there", async ({ page, context }) => {
  let load;
  const loaded = new Promise((resolve) => { load = resolve; });
  await context.route(/scan-worker/, async (route) => { await loaded; await route.continue(); });
  await page.addInitScript(() => {
    globalThis.Worker = class extends Worker {
      constructor(address, options) {
        super(address, options);
        if (!String(address).includes("scan-worker")) return;
        this.addEventListener("message", ({ data }) => { globalThis.scans ||= data.kind === "ready"; });
      }
    };
  });
  await openVerifier(page);
  await give(page, "drop", []);
  await expect(status(page)).toContainText("没有文件");
  load();
  await page.waitForFunction(() => globalThis.scans);
  await expect(status(page)).toContainText("没有文件");
});

test("a recording that does not say how long it is, is read while the camera waits, and it goes on after it", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const grey = await video(world, [null], { ms: 1500, finished: false });
  const { page } = await world.open({ at: shown.at + 2000, launched: {} });
  await page.addInitScript(() => {
    globalThis.streams = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      globalThis.streams += message.kind === "stream";
      return post.call(this, message, ...rest);
    };
  });
  await openVerifier(page, "roadside");
  await openCamera(page);
  await expect.poll(() => page.evaluate(() => globalThis.streams)).toBe(1);
  // The browser finds out how long it is once it has read all of it: what is said at the beginning is kept.
  await page.evaluate(() => {
    const [state, at] = ["film-state", "film-at"].map((id) => document.getElementById(id));
    new MutationObserver(() => {
      if (!state.hidden) globalThis.saidFirst ??= at.getAttribute("value") ?? "no length";
    }).observe(state, { attributes: true });
  });
  await page.locator("#files").setInputFiles(file(grey));
  await expect(film(page)).toBeVisible();
  expect(await page.evaluate(() => globalThis.saidFirst)).toBe("no length");
  await expect(status(page)).toContainText("没有读到二维码");
  await expect(film(page)).toBeHidden();
  await expect(page.locator('#scan[data-camera="live"]')).toBeVisible();
  // Its pictures go to the worker again, and leave the sentence to be read.
  expect(await page.evaluate(() => globalThis.streams)).toBe(2);
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).colour).toBe("green");
});

test("a video that shows a part of the frames says so, and pictures of the others complete it", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const all = frames(shown.payload).length;
  expect(all).toBeGreaterThan(2);
  const recorded = await video(world, shots(shown.payload, 2), { ms: 3200 });
  const { page } = await verifier(world, shown);
  await page.locator("#files").setInputFiles(file(recorded));
  await expect(status(page)).toContainText(`${all} 部分中的 2 部分`);
  await expect(page.locator("article.verdict")).toHaveCount(0);
  await handIn(page, pictures(shown.payload).slice(2));
  expect((await verdict(page)).colour).toBe("green");
});

test("several videos are read one after the other until the licence is whole, and one that is broken is passed over", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const all = shots(shown.payload, 100);
  const first = await video(world, all.slice(0, 2), { ms: 2400 });
  const rest = await video(world, all.slice(2), { ms: 800 * all.length });
  const { page } = await verifier(world, shown);
  // Each sentence stands only until the next frame is read.
  await page.evaluate(() => {
    globalThis.said = [];
    const text = document.getElementById("status-text");
    new MutationObserver(() => {
      said.push(text.textContent);
      // Who would stop it by keyboard stays at the button from one video to the next.
      if (text.textContent.includes("视频 1 /")) document.getElementById("film-stop").focus();
      if (text.textContent.includes("视频 3 /")) setTimeout(() => said.push(document.activeElement.id));
    }).observe(text, { childList: true, characterData: true, subtree: true });
  });
  await page.locator("#files").setInputFiles([
    file(first, "1.webm"), file(Buffer.from("no video"), "2.webm"), file(rest, "3.webm"), file(rest, "4.webm"),
  ]);
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
  await expect(film(page)).toBeHidden();
  const said = await page.evaluate(() => globalThis.said);
  expect(said.filter((words) => words.includes("视频"))).toEqual([1, 2, 3].map((n) => `正在读取视频 ${n} / 4`));
  expect(said).toContain("film-stop");
});

test("pictures that are chosen together with a video are read before it, and it completes them", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const recorded = await video(world, shots(shown.payload, 100).slice(1), { ms: 9000 });
  const { page } = await verifier(world, shown);
  await page.locator("#files").setInputFiles([
    file(recorded), { name: "code.png", mimeType: "image/png", buffer: pictures(shown.payload)[0] },
  ]);
  await expect(film(page)).toBeVisible();
  expect((await verdict(page)).colour).toBe("green");
});

test("several videos without a code are told in words once all were looked at, and stopping ends all of them", async ({ world }) => {
  const grey = await video(world, [null], { ms: 900 });
  const long = await video(world, [null], { ms: 30_000, every: 500 });
  const { page } = await world.open();
  await openVerifier(page, "roadside");
  await page.locator("#files").setInputFiles([file(grey, "1.webm"), file(Buffer.from("no video"), "2.webm"), file(grey, "3.webm")]);
  await expect(status(page)).toContainText("几段视频里都没有读到完整的二维码");
  await expect(film(page)).toBeHidden();
  await page.locator("#files").setInputFiles([file(long, "1.webm"), file(long, "2.webm")]);
  await expect(status(page)).toContainText("视频 1 / 2");
  await page.getByRole("button", { name: "停止读取" }).click();
  await expect(film(page)).toBeHidden();
  await expect(status(page)).toBeHidden();
});

test("a video waits while the trust panel is open, and is read on after it", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const [first, ...rest] = shots(shown.payload, 100);
  const seen = [first, ...Array(20).fill(null), ...rest];
  const recorded = await video(world, seen, { ms: seen.length * 400 });
  const { page } = await verifier(world, shown);
  await page.locator("#files").setInputFiles(file(recorded));
  await expect(status(page)).toContainText("正在读取 1 /");
  await page.locator("#trust-open").click();
  await expect.poll(() => film(page).evaluate((video) => video.paused)).toBe(true);
  await page.locator("#trust-close").click();
  await expect.poll(() => film(page).evaluate((video) => video.paused)).toBe(false);
  await expect(status(page), "no word of a camera").toHaveText(/正在读取/);
  // What was read before the panel was opened still counts: it is shown once only.
  expect((await verdict(page)).colour).toBe("green");
});

test("on a device that is busy with other things a video is played as slowly as it is read, and none of its pictures is lost", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const all = shots(shown.payload, 100);
  // Each frame is shown once, for a sixth of the time for which the page does nothing else.
  const recorded = await video(world, all, { hold: 100, every: 50, ms: 100 * all.length });
  const { page } = await verifier(world, shown);
  await page.evaluate(() => {
    const work = () => {
      const end = performance.now() + 600;
      while (performance.now() < end);
      setTimeout(work, 20);
    };
    setTimeout(work);
  });
  await page.locator("#files").setInputFiles(file(recorded));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
});

test("reading a video is stopped by its button, by keyboard too", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const recorded = await video(world, [null], { ms: 30_000, every: 500 });
  const { page } = await verifier(world, shown);
  await page.locator("#files").setInputFiles(file(recorded));
  const stop = page.getByRole("button", { name: "停止读取" });
  await expect(stop).toBeVisible();
  await expect.poll(() => page.locator("#film-at").getAttribute("value")).toMatch(/^0\.0*[1-9]/);
  await stop.press("Enter");
  await expect(film(page)).toBeHidden();
  await expect(status(page)).toBeHidden();
  await expect(page.locator("#stage"), "the focus does not get lost with the button").toBeFocused();
  // The stopped video has no effect later.
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).colour).toBe("green");
});

test("a video that is broken, too large or too long is told in words", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const recorded = await video(world, [null], { ms: 90_000, every: 1000 });
  const opened = await world.open({ at: shown.at + 2000 });
  const { page } = opened;
  // Time runs faster in this browser's videos: a minute takes some seconds.
  await page.addInitScript(() => {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      this.playbackRate = 16;
      return play.call(this);
    };
  });
  await openVerifier(page, "roadside");
  await page.locator("#files").setInputFiles(file(Buffer.from("this is no video at all")));
  await expect(status(page)).toContainText("播放不了");
  await expect(film(page)).toBeHidden();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(201 * 1024 * 1024)], "long.mp4", { type: "video/mp4" }));
    document.getElementById("stage").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect(status(page)).toContainText("视频文件太大");
  await expect(film(page)).toBeHidden();
  await page.locator("#files").setInputFiles(file(recorded));
  await expect(status(page)).toContainText("只读前 60 秒");
  await expect(film(page)).toBeHidden();
});

test("the button pastes a picture from the clipboard, where the browser is allowed to", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "age-only", portrait: false, payload: true });
  const { page, context } = await world.open({ at: shown.at + 2000 });
  await openVerifier(page, "age-only");
  const paste = page.getByRole("button", { name: "粘贴" });
  await paste.click();
  await expect(status(page)).toContainText(/不让本页读取剪贴板|剪贴板里没有图片/);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // The clipboard holds one picture: all of the code in it.
  const picture = png(symbol(frames(shown.payload, 2900)[0]));
  await page.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) })]);
  }, picture.toString("base64"));
  await paste.click();
  expect((await verdict(page)).headline).toContain("18");
  // A verdict's codes are copied the same way.
  await page.locator("details.layer summary").first().click();
  const copy = page.locator("[data-slot=copy]").first();
  await copy.click();
  await expect(copy).toHaveText("已复制");
  const code = await page.locator(".check-item [data-slot=code]").first().textContent();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(code);
});

/** A browser with a wallet in one tab and a verifier in another; `flags` say what it answers when asked for a screen. */
async function desk(world, flags) {
  const { page: wallet, context } = await world.open({ launched: { film: null, flags }, viewport: { width: 900, height: 900 } });
  await claim(wallet, "lin");
  await wallet.evaluate((title) => { document.title = title; }, TITLE);
  const page = await context.newPage();
  await openVerifier(page, "roadside");
  return { wallet, page, context };
}

/** The title of the tab that the browser chooses. */
const TITLE = "the-wallets-window";

const share = (page) => page.getByRole("button", { name: "屏幕", exact: true });

test("a desk without a camera reads the code of another window", { tag: "@T-camera-denied" }, async ({ world }) => {
  const { wallet, page } = await desk(world, [`--auto-select-tab-capture-source-by-title=${TITLE}`]);
  await share(page).click();
  await expect(page.locator("#scan")).toHaveAttribute("data-source", "screen");
  await expect(page.locator('#scan[data-camera="live"]')).toBeVisible();
  await expect(status(page)).toContainText("正在所选屏幕或窗口中找二维码");
  // Who shows the code works in that window.
  await present(wallet, "roadside");
  await expect(canvas(wallet)).toBeVisible();
  await page.bringToFront();
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
  await page.getByRole("button", { name: "下一位" }).click();
  await page.getByRole("button", { name: "停止共享" }).click();
  await expect(page.locator("#scan")).toHaveAttribute("data-camera", "idle");
  await expect(page.locator("#scan")).toHaveAttribute("data-source", "camera");
  expect(await page.evaluate(() => document.getElementById("video").srcObject)).toBe(null);
});

test("a window that is closed while it is read is no fault: the page waits for the next way", async ({ world }) => {
  const { wallet, page } = await desk(world, [`--auto-select-tab-capture-source-by-title=${TITLE}`]);
  await share(page).click();
  await expect(page.locator('#scan[data-camera="live"]')).toBeVisible();
  await wallet.close();
  await expect(page.locator("#scan")).toHaveAttribute("data-camera", "idle");
  await expect(page.getByRole("button", { name: "打开相机" })).toBeVisible();
});

test("a screen that is not allowed or cannot be read leaves the other ways, and says so", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await world.open({ at: shown.at + 2000 });
  // The errors of a browser when its dialog is closed, and when the system captures nothing.
  await page.addInitScript(() => {
    globalThis.answers = ["NotAllowedError", "NotReadableError"];
    MediaDevices.prototype.getDisplayMedia = () => Promise.reject(new DOMException("", globalThis.answers.shift()));
  });
  await openVerifier(page, "roadside");
  await share(page).click();
  await expect(status(page)).toContainText("没有选择屏幕");
  await share(page).click();
  await expect(status(page)).toContainText("浏览器无法读取屏幕");
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).colour).toBe("green");
});
