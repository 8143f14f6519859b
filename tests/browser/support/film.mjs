// Films the wallet's own screen, or draws a film of a payload, as the camera of a second Chromium.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { guard, now, ORIGIN, setClock, START } from "./fixtures.mjs";
import { loadSite } from "./site.mjs";
import { claim, present, read } from "./wallet.mjs";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../../..");

/** Runs the film maker. Returns its report. */
async function filmMaker(...args) {
  const maker = process.env.LIANGZHENG_FILM;
  const { stdout } = maker ? await run(maker, args) : await run("cargo", ["xtask", "film", ...args], { cwd: root });
  return JSON.parse(stdout);
}

/** Records what the page shows for `ms` milliseconds and writes it as a 720p film of 30 frames a second. */
export async function record(page, file, ms) {
  const folder = `${file}.frames`;
  await mkdir(folder, { recursive: true });
  const cdp = await page.context().newCDPSession(page);
  const frames = [];
  const writes = [];
  let first;
  const done = new Promise((resolve) => {
    cdp.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
      cdp.send("Page.screencastFrameAck", { sessionId }).catch(() => {});
      first ??= metadata.timestamp;
      const at = Math.round((metadata.timestamp - first) * 1000);
      const name = `${String(frames.length).padStart(4, "0")}.png`;
      frames.push({ file: name, ms: at });
      writes.push(writeFile(path.join(folder, name), Buffer.from(data, "base64")));
      if (at >= ms) resolve();
    });
  });
  await cdp.send("Page.startScreencast", { format: "png", everyNthFrame: 1 });
  await done;
  await cdp.send("Page.stopScreencast");
  await Promise.all(writes);
  await writeFile(path.join(folder, "frames.json"), JSON.stringify(frames));
  const made = await filmMaker("--frames", path.join(folder, "frames.json"), "--out", file);
  await rm(folder, { recursive: true });
  if (made.readable === 0) throw new Error(`nothing can be read in the film of ${made.pictures} pictures`);
  return made;
}

/** Draws a film of a payload, for presentations that no wallet makes. Returns its file. */
export async function write(payload, folder) {
  const file = path.join(folder, "drawn.y4m");
  await writeFile(`${file}.payload`, payload);
  await filmMaker("--payload", `${file}.payload`, "--out", file);
  return file;
}

/** Writes a film that shows PNG pictures, each for a tenth of a second. Returns its file. */
export async function slides(pictures, folder) {
  const frames = pictures.map((_, index) => ({ file: `${index}.png`, ms: index * 100 }));
  await Promise.all(pictures.map((picture, index) => writeFile(path.join(folder, `${index}.png`), picture)));
  await writeFile(path.join(folder, "frames.json"), JSON.stringify(frames));
  const file = path.join(folder, "slides.y4m");
  await filmMaker("--frames", path.join(folder, "frames.json"), "--out", file);
  return file;
}

/** The bytes behind the code that a wallet shows, read from its screen by the shipped scanner. */
export async function payloadOf(page) {
  const { Scanner } = await loadSite();
  return read(page, new Scanner());
}

/** A film by calculation: a family of `cargo xtask film`, always the same, of a payload of `size` bytes. */
export async function calculated(family, folder, size = 2048) {
  const file = path.join(folder, `${family}.y4m`);
  await filmMaker("--family", family, "--size", String(size), "--seed", "1", "--out", file);
  return file;
}

export const filmFolder = () => mkdtemp(path.join(tmpdir(), "liangzheng-film-"));

/**
 * A film of the wallet of a demo driver: claims, presents, records; or only its `payload`, for what comes of altering it.
 * `at` is the wallet's time when the recording began.
 */
export async function filmOf(browser, { origin = ORIGIN, person = "lin", purpose = "roadside", portrait = true, start = START, ms = 2500, payload = false }) {
  const folder = await filmFolder();
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 700, height: 900 }, locale: "zh-CN" });
  try {
    const watch = guard(context, new URL(origin).origin);
    // So that a code is as old as the test says, however long this takes.
    await setClock(context, start, { still: true });
    const page = await context.newPage();
    await claim(page, person);
    await present(page, purpose, { portrait });
    const at = now(context);
    if (payload) return { folder, at, payload: await payloadOf(page) };
    const file = path.join(folder, "wallet.y4m");
    const made = await record(page, file, ms);
    if (watch.faults.length > 0) throw new Error(`while filming: ${watch.faults}`);
    return { folder, file, at, ...made };
  } finally {
    await context.close();
  }
}
