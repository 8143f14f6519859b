// Videos as a phone records them: pictures encoded to VP8 by the test's own Chromium, in a small WebM file.

const vint = (length) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length) | (1n << 56n));
  return bytes;
};
const element = (id, ...content) => {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from(id, "hex"), vint(body.length), body]);
};
const uint = (id, value, width = 4) => {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntBE(value, 0, width);
  return element(id, bytes);
};
const float = (id, value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(id, bytes);
};

/** A WebM file of VP8 chunks `{ ms, key, data }`, the first of them a key frame. */
function wrap(chunks, { width, height, ms }) {
  const head = element("1a45dfa3", uint("4286", 1, 1), uint("42f7", 1, 1), uint("42f2", 4, 1), uint("42f3", 8, 1),
    element("4282", Buffer.from("webm")), uint("4287", 4, 1), uint("4285", 2, 1));
  // Times are in milliseconds.
  const info = element("1549a966", uint("2ad7b1", 1_000_000), element("4d80", Buffer.from("test")), element("5741", Buffer.from("test")),
    ...(ms ? [float("4489", ms)] : []));
  const track = element("ae", uint("d7", 1, 1), uint("73c5", 1, 1), uint("83", 1, 1), element("86", Buffer.from("V_VP8")),
    element("e0", uint("b0", width, 2), uint("ba", height, 2)));
  const clusters = [];
  for (const { ms, key, data } of chunks) {
    if (key) clusters.push({ ms, blocks: [] });
    const { ms: start, blocks } = clusters.at(-1);
    const block = Buffer.alloc(4);
    block.writeUInt8(0x81);
    block.writeInt16BE(ms - start, 1);
    block.writeUInt8(key ? 0x80 : 0, 3);
    blocks.push(element("a3", block, data));
  }
  const body = clusters.map(({ ms, blocks }) => element("1f43b675", uint("e7", ms), ...blocks));
  return Buffer.concat([head, element("18538067", info, element("1654ae6b", track), ...body)]);
}

/** In the page: encodes pictures of grey pixels, each at its time, in the middle of a grey ground. */
async function encode({ pictures, times, width, height }) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  const draw = ({ luma, side }) => {
    context.fillStyle = "#777";
    context.fillRect(0, 0, width, height);
    if (!luma) return;
    const image = new ImageData(side, side);
    const bytes = atob(luma);
    for (let at = 0; at < side * side; at++) image.data.set([bytes.charCodeAt(at), bytes.charCodeAt(at), bytes.charCodeAt(at), 255], at * 4);
    context.putImageData(image, (width - side) / 2, (height - side) / 2);
  };
  const chunks = [];
  let failed;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      let text = "";
      for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
      chunks.push({ ms: Math.round(chunk.timestamp / 1000), key: chunk.type === "key", data: btoa(text) });
    },
    error: (error) => { failed = error; },
  });
  encoder.configure({ codec: "vp8", width, height, bitrate: 6_000_000 });
  let drawn = -1;
  let keyed = 0;
  for (const { picture, ms } of times) {
    // A cluster begins with a key frame, and lasts 32 s at most.
    const keyFrame = picture !== drawn || ms - keyed > 20_000;
    if (keyFrame) keyed = ms;
    if (picture !== drawn) draw(pictures[picture]);
    const frame = new VideoFrame(canvas, { timestamp: ms * 1000 });
    encoder.encode(frame, { keyFrame });
    frame.close();
    drawn = picture;
  }
  await encoder.flush();
  if (failed) throw failed;
  return chunks;
}

/**
 * A video of pictures `{ luma, width }` (none for the ground alone), each held for `hold` ms and drawn every `every` ms,
 * from first to last and so on for `ms` milliseconds. Without `finished` it does not say how long it is, as a recording
 * that was cut off.
 */
export async function video(world, pictures, { hold = 400, every = 100, ms, finished = true } = {}) {
  const { page, context } = await world.open();
  await page.goto("/errors/");
  const [width, height] = [1280, 720];
  const times = Array.from({ length: Math.ceil(ms / every) }, (_, index) => ({
    picture: Math.floor((index * every) / hold) % pictures.length, ms: index * every,
  }));
  const drawn = pictures.map((picture) => (picture ? { luma: picture.luma.toString("base64"), side: picture.width } : {}));
  const chunks = await page.evaluate(encode, { pictures: drawn, times, width, height });
  await context.close();
  return wrap(chunks.map(({ data, ...chunk }) => ({ ...chunk, data: Buffer.from(data, "base64") })), {
    width, height, ms: finished && ms,
  });
}
