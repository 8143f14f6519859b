// zxing-wasm instead of our decoder; assembler.mjs assembles the frames.
import { Assembler } from "./assembler.mjs";
import { grey } from "./grey.mjs";
import { serve } from "./worker.mjs";
import * as zxing from "./zxing.mjs";

const assembler = new Assembler();
let pixels = new Uint8ClampedArray(0);

serve({
  prepare: async () => zxing.prepare(await (await fetch("/bench/zxing_reader.wasm")).arrayBuffer()),
  reset: () => assembler.reset(),
  async look(luma, width, height) {
    if (pixels.length !== luma.length * 4) pixels = new Uint8ClampedArray(luma.length * 4);
    grey(luma, pixels);
    const start = performance.now();
    const found = await zxing.read(pixels, width, height);
    const ms = performance.now() - start;
    let payload;
    for (const bytes of found) payload ??= await assembler.accept(bytes, start);
    return { ms, read: found.some((bytes) => bytes[0] === 0x4c), payload };
  },
});
