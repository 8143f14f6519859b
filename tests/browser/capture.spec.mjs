// The ways in which pictures come from a camera to the reading worker, each in turn the best one that a browser has; and
// what is asked of the camera.
import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "./support/fixtures.mjs";
import { calculated, filmFolder } from "./support/film.mjs";
import { openCamera, openVerifier, verdict } from "./support/verifier.mjs";

/** Counts on the page what each way does, and measures the time that the page spends on a frame. */
function count() {
  const counts = (globalThis.counts = { frames: 0, pixels: 0, sent: {}, spent: [] });
  const timed = (act) => (...words) => {
    const start = performance.now();
    act(...words);
    counts.spent.push(performance.now() - start);
  };
  const request = HTMLVideoElement.prototype.requestVideoFrameCallback;
  if (request) {
    HTMLVideoElement.prototype.requestVideoFrameCallback = function (act) {
      return request.call(this, timed(act));
    };
  }
  const every = globalThis.setInterval;
  globalThis.setInterval = (act, ms) => every(ms === 33 ? timed(act) : act, ms);
  const Frame = globalThis.VideoFrame;
  if (Frame) {
    globalThis.VideoFrame = function (...words) {
      counts.frames++;
      return new Frame(...words);
    };
  }
  // Pixels of the camera: those of a portrait, which is looked at once, are none.
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (picture, ...words) {
    if (picture instanceof HTMLVideoElement) counts.pixels++;
    return draw.call(this, picture, ...words);
  };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    counts.sent[message.kind] = (counts.sent[message.kind] ?? 0) + 1;
    return post.call(this, message, ...rest);
  };
}

/** What a browser may lack; taken away before the page loads. */
const without = {
  processor: () => delete globalThis.MediaStreamTrackProcessor,
  frame: () => delete globalThis.VideoFrame,
  callback: () => delete HTMLVideoElement.prototype.requestVideoFrameCallback,
};

const ways = [
  { name: "the track's own frames", lacks: [], feed: "track" },
  { name: "frames of the video as they come", lacks: ["processor"], feed: "frame" },
  { name: "frames of the video by a clock", lacks: ["processor", "callback"], feed: "frame" },
  { name: "a canvas, for frames as they come", lacks: ["processor", "frame"], feed: "canvas" },
  { name: "a canvas by a clock", lacks: ["processor", "frame", "callback"], feed: "canvas" },
];

for (const { name, lacks, feed } of ways) {
  test(`a licence is read by ${name}`, async ({ world, films }) => {
    const film = await films({ person: "lin", purpose: "roadside" });
    const { page } = await world.open({ at: film.at + 2000, launched: { film: film.file } });
    for (const part of lacks) await page.addInitScript(without[part]);
    await page.addInitScript(count);
    await openVerifier(page, "roadside");
    await openCamera(page);
    expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
    await expect(page.locator("#scan")).toHaveAttribute("data-feed", feed);
    const { frames, pixels, sent, spent } = await page.evaluate(() => globalThis.counts);
    // Each picture costs the page one handle, and pixels are read here in the last way alone.
    expect({ frames: frames > 0, pixels: pixels > 0 }).toEqual({ frames: feed === "frame", pixels: feed === "canvas" });
    expect({ track: sent.stream ?? 0, frame: sent.frame ?? 0 }).toEqual({
      track: feed === "track" ? 1 : 0, frame: feed === "frame" ? frames : 0,
    });
    if (feed === "track") expect(spent, "the page is told of no frame").toEqual([]);
    // Told, not asserted: it depends on the machine.
    spent.sort((a, b) => a - b);
    if (spent.length > 0) console.log(`  ${name}: ${spent[spent.length >> 1].toFixed(2)} ms a frame on the main thread, median of ${spent.length}`);
  });
}

/** Sends the page a hint as from its worker, for a number of pictures. */
const hint = (page, name, pictures = 1) => page.evaluate(({ name, pictures }) => {
  const begun = JSON.stringify({ codes: 0, received: 0, needed: 0, too_many: false });
  const data = { kind: "progress", progress: JSON.stringify({ state: "nothing", hint: name }), begun };
  for (let picture = 0; picture < pictures; picture++) {
    globalThis.reading.dispatchEvent(new MessageEvent("message", { data }));
  }
}, { name, pictures });

/** The track behind the live picture, and what the page asked of it. */
const track = (page) => page.evaluate(() => {
  const [track] = document.getElementById("video").srcObject.getVideoTracks();
  const { width, height } = track.getSettings();
  return { width, height, advanced: track.getConstraints().advanced };
});

test("Chromium's own fake camera gives wide pictures, and is asked to keep focus and exposure by itself", async ({ world }) => {
  const { page } = await world.open({ launched: {} });
  await openVerifier(page, "roadside");
  await openCamera(page);
  // It offers both, and neither light nor zoom. What it makes of the wish is not for this camera to show.
  await expect.poll(() => track(page)).toEqual({
    width: 1920, height: 1080, advanced: [{ focusMode: "continuous" }, { exposureMode: "continuous" }],
  });
  await expect(page.locator("#torch")).toBeHidden();
});

/** A camera with every capability that records what it was asked for: Chromium's fake one has no light. */
function able() {
  globalThis.asked = [];
  // A camera is zoomed one step at a time, and not again before two seconds are over: here when the test says so.
  globalThis.elapsed = 10_000;
  performance.now = () => globalThis.elapsed;
  MediaStreamTrack.prototype.getCapabilities = () => ({
    torch: true,
    zoom: { min: 1, max: 4, step: 0.1 },
    focusMode: ["manual", "continuous"],
    exposureMode: ["continuous"],
  });
  MediaStreamTrack.prototype.applyConstraints = async (wish) => {
    globalThis.asked.push(Object.assign({}, ...wish.advanced));
    if (globalThis.refusing) throw new DOMException("", "OverconstrainedError");
  };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.kind === "stream") globalThis.reading = this;
    return post.call(this, message, ...rest);
  };
}

test("a camera with light and zoom, imitated: all is asked for at once, and the light stays while it zooms", async ({ world }) => {
  const { page } = await world.open({ launched: {} });
  await page.addInitScript(able);
  await openVerifier(page, "roadside");
  await openCamera(page);
  const asked = () => page.evaluate(() => globalThis.asked);
  const always = { focusMode: "continuous", exposureMode: "continuous" };
  await expect.poll(asked).toEqual([{ ...always, torch: false }]);
  const light = page.getByRole("button", { name: "补光" });
  await light.click();
  await expect(light).toHaveAttribute("aria-pressed", "true");
  expect((await asked()).at(-1)).toEqual({ ...always, torch: true });
  // The worker finds the code too small, in picture after picture: nearer, by one step.
  await hint(page, "too-small", 5);
  await expect.poll(async () => (await asked()).length).toBe(3);
  expect((await asked()).at(-1)).toEqual({ ...always, torch: true, zoom: 1.5 });
  // A light that fails is not said to be on.
  await page.evaluate(() => { globalThis.refusing = true; });
  await light.click();
  await expect.poll(async () => (await asked()).length).toBe(4);
  await expect(light).toHaveAttribute("aria-pressed", "true");
});

test("a camera that cannot be asked is not asked", async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "roadside" });
  const { page } = await world.open({ at: film.at + 2000, launched: { film: film.file } });
  await page.addInitScript(() => {
    delete MediaStreamTrack.prototype.getCapabilities;
    MediaStreamTrack.prototype.applyConstraints = () => { throw new Error("asked all the same"); };
  });
  await openVerifier(page, "roadside");
  await openCamera(page);
  expect(await verdict(page)).toMatchObject({ colour: "green" });
});

test("a camera that fails on wide pictures, imitated, is opened at its own size", async ({ world }) => {
  const { page } = await world.open({ launched: {} });
  await page.addInitScript(() => {
    const ask = MediaDevices.prototype.getUserMedia;
    globalThis.wanted = [];
    MediaDevices.prototype.getUserMedia = function (wish) {
      globalThis.wanted.push(wish.video.width?.ideal ?? null);
      if (wish.video.width) return Promise.reject(new DOMException("", "NotReadableError"));
      return ask.call(this, wish);
    };
  });
  await openVerifier(page, "roadside");
  await openCamera(page);
  expect(await page.evaluate(() => globalThis.wanted)).toEqual([1920, null]);
});

test("noise and a thousand finder patterns do not stop the reading of what comes after them", async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "roadside" });
  const folder = await filmFolder();
  try {
    // The first second of two hostile films, whose own payload is too long to be complete by then; then the wallet's.
    const joined = path.join(folder, "joined.y4m");
    const out = await open(joined, "w");
    const licence = await readFile(film.file);
    const head = (film) => film.indexOf("\n") + 1;
    await out.writeFile(licence.subarray(0, head(licence)));
    for (const family of ["hostile-noise", "hostile-patterns"]) {
      const hostile = await readFile(await calculated(family, folder, 65_536));
      await out.writeFile(hostile.subarray(head(hostile), head(hostile) + 30 * ("FRAME\n".length + (1280 * 720 * 3) / 2)));
    }
    await out.writeFile(licence.subarray(head(licence)));
    await out.close();
    const { page } = await world.open({ at: film.at + 2000, launched: { film: joined } });
    let workers = 0;
    page.on("worker", (worker) => { workers += worker.url().includes("scan-worker"); });
    await openVerifier(page, "roadside");
    await openCamera(page);
    expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
    expect(workers, "the first worker has read it all").toBe(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});
