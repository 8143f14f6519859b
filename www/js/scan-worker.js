// Reads QR codes from camera frames and pictures, apart from the page and from the worker that verifies.
// A trap ends this worker; the page starts another (crate/site/src/workers/link.rs).
import init, * as site from "/pkg/worker-scan.js";

const planar = new Set(["I420", "I420A", "I422", "I444", "NV12"]);
const packed = new Set(["RGBA", "RGBX", "BGRA", "BGRX"]);
const pictureSides = [2048, 4096];
// A long picture, such as a screenshot of a whole page, is then read at its own size, in overlapping squares.
const tileSide = 2048;
const tileStep = 1536;
const pictureBytes = 25 * 1024 * 1024;
const picturePixels = 50_000_000;

// Messages and reading are the module's (crate/site/src/workers/scan_worker.rs).
// How many frames are being read, and whether the page needs the worker no more: it ends when it has closed them.
let worker, reader, ended = false, held = 0, closing = false;
let room = new Uint8Array(0);
let started;
const ready = new Promise((resolve) => { started = resolve; });

addEventListener("message", async ({ data }) => {
  if (data.kind === "close") {
    ended = closing = true;
    frames.stop();
    return leave();
  }
  try {
    if (data.kind === "init") {
      await init({ module_or_path: data.module });
      worker = new site.ScanWorker();
      started();
      // The builds of this file, of the script and of the module: the page refuses a mixture.
      const sections = WebAssembly.Module.customSections(data.module, "liangzheng-build");
      const builds = ["{{build}}", site.build, ...sections.map((bytes) => new TextDecoder().decode(bytes))];
      postMessage({ kind: "ready", builds });
      return;
    }
    await ready;
    if (ended) return data.frame?.close();
    await (Object.hasOwn(frames, data.kind) ? frames[data.kind](data) : worker.hear(data));
  } catch (error) {
    end(error);
  }
});

// Messages with pictures, whose pixels only a script can read.
const frames = {
  stream: ({ readable }) => follow(readable),
  stop: () => { reader?.cancel().catch(() => {}); reader = undefined; },
  async frame({ frame }) {
    held++;
    try {
      if (!worker.paused) await look(frame);
    } finally {
      frame.close();
      held--;
      worker.next();
      leave();
    }
  },
  pixels({ pixels, width, height }) {
    if (!worker.paused) worker.look_rgba(new Uint8Array(pixels), width, height);
    worker.next();
  },
  // The page sends the next picture after this answer, and sends a picture again that was answered by "paused".
  async picture({ file, index, of, rest }) {
    const failure = await picture(file, rest);
    if (!ended) worker.picture_done(index, of, failure);
  },
};

function leave() {
  if (closing && held === 0) close();
}

function end(error) {
  if (ended) return;
  ended = true;
  postMessage({ kind: "ended", reason: error instanceof WebAssembly.RuntimeError ? "trap" : "error" });
}

// The newest frame only: the track's processor keeps one, and a frame is read when the last one is done.
async function follow(readable) {
  reader?.cancel().catch(() => {});
  const mine = readable.getReader();
  reader = mine;
  try {
    for (;;) {
      const { done, value } = await mine.read();
      if (done || ended) return value?.close();
      held++;
      try {
        if (!worker.paused && reader === mine) await look(value);
      } finally {
        value.close();
        held--;
        leave();
      }
    }
  } catch (error) {
    end(error);
  }
}

async function look(frame) {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
  const size = planar.has(frame.format) || packed.has(frame.format) ? frame.allocationSize() : 0;
  if (size === 0 || size > 64 * 1024 * 1024) {
    worker.look_rgba(drawn(frame, width, height), width, height);
    return;
  }
  if (room.length < size) room = new Uint8Array(size);
  const [{ offset, stride }] = await frame.copyTo(room);
  if (packed.has(frame.format)) {
    worker.look_rgba(room.subarray(offset, offset + stride * height), stride / 4, height);
  } else {
    worker.look(room.subarray(offset, offset + stride * height), width, height, stride);
  }
}

// The whole of an image in this size, or a part of it in its own.
function drawn(image, width, height, left, top) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  if (left === undefined) context.drawImage(image, 0, 0, width, height);
  else context.drawImage(image, left, top, width, height, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return new Uint8Array(data.buffer);
}

function* tiles({ width, height }) {
  const starts = (length) => Array.from({ length: Math.max(1, Math.ceil((length - tileSide) / tileStep) + 1) }, (_, n) => n * tileStep);
  for (const top of starts(height)) for (const left of starts(width)) yield [left, top];
}

// Reads one picture file. Returns why it was not read, if so. Its size is read from its first bytes before anything
// decodes it. The rest of a hand-in is read while the worker is paused, too.
async function picture(file, rest) {
  const paused = () => worker.paused && !rest;
  if (paused()) return "paused";
  if (file.size > pictureBytes) return "too-large";
  const head = new Uint8Array(await file.slice(0, 256 * 1024).arrayBuffer());
  const size = site.picture_size(head);
  if (!size) return "unsupported";
  if (size[0] * size[1] > picturePixels) return "too-large";
  let image;
  try {
    image = await createImageBitmap(file);
  } catch {
    return "broken";
  }
  try {
    for (const side of pictureSides) {
      const scale = Math.min(1, side / Math.max(image.width, image.height));
      const [width, height] = [image.width, image.height].map((n) => Math.max(1, Math.round(n * scale)));
      // Meanwhile a camera may have completed a payload, or a panel may have been opened.
      if (paused()) return "paused";
      if (worker.look_still(drawn(image, width, height), width, height) || scale === 1) return;
    }
    for (const [left, top] of tiles(image)) {
      const [width, height] = [Math.min(tileSide, image.width - left), Math.min(tileSide, image.height - top)];
      if (paused()) return "paused";
      if (worker.look_still(drawn(image, width, height, left, top), width, height)) return;
    }
  } finally {
    image.close();
  }
}
