// `cargo xtask bench scan`: from the camera's first frame to the verdict on the screen. A wallet is filmed (720p, 30
// frames a second); each run is a new browser that has the film as its camera, from a random moment of it on.
import { open, readFile, rm } from "node:fs/promises";
import os from "node:os";
import { chromium } from "@playwright/test";
import { filmOf } from "./support/film.mjs";
import { launch, ORIGIN, setClock } from "./support/fixtures.mjs";
import { openCamera, openVerifier, verdict } from "./support/verifier.mjs";

const RUNS = Number(process.argv[2] ?? 10);
const VARIANTS = [
  { name: "age only, no portrait", purpose: "age-only", portrait: false, colour: "amber", goal: 1000 },
  { name: "rental, with portrait", purpose: "rental", portrait: true, colour: "green", goal: 2000 },
];

/** Writes the film anew so that it begins at another of its frames: the camera always begins at the first. */
async function turn(film, by, file) {
  const bytes = await readFile(film);
  const start = bytes.indexOf("\n") + 1;
  const frame = "FRAME\n".length + (1280 * 720 * 3) / 2;
  const count = (bytes.length - start) / frame;
  if (!Number.isInteger(count)) throw new Error("the film is not of whole frames");
  const cut = start + Math.floor(by * count) * frame;
  const out = await open(file, "w");
  for (const part of [bytes.subarray(0, start), bytes.subarray(cut), bytes.subarray(start, cut)]) await out.writeFile(part);
  await out.close();
}

/** Notes when the camera was open, when its first frame was shown, and when the verdict was. */
function observe() {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    globalThis.opened = performance.now();
    return stream;
  };
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("video").requestVideoFrameCallback((now, { captureTime, presentationTime }) => {
      globalThis.firstFrame = Math.min(now, presentationTime, captureTime ?? now);
    });
    new MutationObserver((_, observer) => {
      if (!document.querySelector("article.verdict")) return;
      observer.disconnect();
      // After the paint that shows it.
      requestAnimationFrame(() => setTimeout(() => (globalThis.shown = performance.now())));
    }).observe(document.getElementById("verdict"), { childList: true });
  });
}

async function once(film, { purpose, colour }, file) {
  await turn(film.file, Math.random(), file);
  const browser = await launch({ film: file });
  try {
    const context = await browser.newContext({ baseURL: ORIGIN, locale: "zh-CN" });
    await setClock(context, film.at + 2000);
    await context.addInitScript(observe);
    const page = await context.newPage();
    await openVerifier(page, purpose);
    await page.waitForLoadState("networkidle");
    await openCamera(page);
    const seen = await verdict(page);
    if (seen.colour !== colour) throw new Error(`the verdict is ${seen.colour}: ${seen.headline} (${seen.failed})`);
    await page.waitForFunction(() => globalThis.shown && globalThis.firstFrame);
    return await page.evaluate(() => ({ ms: shown - firstFrame, sinceOpen: shown - opened }));
  } finally {
    await browser.close();
  }
}

/** The value below which this share of the runs lies, by the nearest rank. */
const percentile = (sorted, share) => sorted[Math.ceil(share * sorted.length) - 1];
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

console.log(`${os.cpus().length} cores, ${os.cpus()[0].model}; load ${os.loadavg()[0].toFixed(1)}; ${RUNS} runs each`);
const home = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined });
let missed = 0;
for (const variant of VARIANTS) {
  const film = await filmOf(home, { ...variant, ms: 4000 });
  console.log(`\n${variant.name}: film of ${film.frames} frames, ${film.pictures} pictures, code ${Math.round(film.narrowestCode)} px wide`);
  const times = [];
  for (let run = 1; run <= RUNS; run++) {
    const { ms, sinceOpen } = await once(film, variant, `${film.folder}/run.y4m`);
    times.push(ms);
    console.log(`  run ${String(run).padStart(2)}: ${seconds(ms)} from the first frame, ${seconds(sinceOpen)} from the open camera`);
  }
  await rm(film.folder, { recursive: true });
  times.sort((a, b) => a - b);
  const p50 = percentile(times, 0.5);
  missed += p50 > variant.goal;
  console.log(`  p50 ${seconds(p50)}, p95 ${seconds(percentile(times, 0.95))}; goal at p50 ${seconds(variant.goal)}: ${p50 <= variant.goal ? "reached" : "missed"}`);
}
await home.close();
process.exitCode = missed > 0 ? 1 : 0;
