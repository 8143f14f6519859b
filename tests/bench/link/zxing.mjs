// zxing-wasm configured for live pictures: one QR code per picture, without the options for other kinds of picture.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

export const VERSION = "zxing-wasm 3.1.4";

const options = { formats: ["QRCode"], tryHarder: true, tryRotate: false, tryInvert: false, tryDownscale: false, maxNumberOfSymbols: 1 };

/** Loads the module. */
export const prepare = (wasmBinary) => prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });

/** Returns the bytes of the codes in RGBA pixels. */
export async function read(data, width, height) {
  const results = await readBarcodes({ data, width, height, colorSpace: "srgb" }, options);
  return results.filter(({ isValid }) => isValid).map(({ bytes }) => bytes);
}
