/** Writes luma as grey RGBA into `pixels`. */
export function grey(luma, pixels) {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  for (let i = 0; i < words.length; i++) words[i] = 0xff000000 | (luma[i] * 0x010101);
}
