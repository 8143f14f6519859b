// BC-UR with jsQR, as BC-UR wallets read it.
import { URDecoder } from "@ngraveio/bc-ur";
import jsQR from "jsqr";
import { serve } from "./worker.mjs";
import { grey } from "./grey.mjs";

let decoder = new URDecoder();
let pixels = new Uint8ClampedArray(0);

serve({
  prepare() {},
  reset: () => (decoder = new URDecoder()),
  look(luma, width, height) {
    if (pixels.length !== luma.length * 4) pixels = new Uint8ClampedArray(luma.length * 4);
    grey(luma, pixels);
    const start = performance.now();
    const found = jsQR(pixels, width, height, { inversionAttempts: "dontInvert" });
    const ms = performance.now() - start;
    if (!found?.data.startsWith("UR:")) return { ms, read: false };
    decoder.receivePart(found.data);
    const payload = decoder.isComplete() && decoder.isSuccess() ? Uint8Array.from(decoder.resultUR().decodeCBOR()) : undefined;
    return { ms, read: true, payload };
  },
});
