/** Whether a portrait shows anything: a signed picture of nothing is no face to compare. */

/** Width and height to which a portrait is scaled. */
const SIDE = 32;
/** The least standard deviation of the brightness, in levels of 255. A photo of a white wall has less than 2, faces have more than 20. */
const LEAST_DEVIATION = 4;

/** Whether an image that is loaded shows one colour or an even gradient, which no face is. */
export function isBlank(image: HTMLImageElement): boolean {
  if (!image.naturalWidth) return true;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (!context) return false;
  context.drawImage(image, 0, 0, SIDE, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const levels = Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * 4);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
  return deviation(levels) < LEAST_DEVIATION;
}

/** Returns the standard deviation from the plane that fits best. */
function deviation(levels: readonly number[]): number {
  const middle = (SIDE - 1) / 2;
  const place = (at: number): [number, number] => [(at % SIDE) - middle, Math.floor(at / SIDE) - middle];
  // Columns and rows are symmetric to the middle, so that the three coefficients do not depend on each other.
  const spread = (SIDE * SIDE * (SIDE * SIDE - 1)) / 12;
  let [mean, across, down] = [0, 0, 0];
  levels.forEach((level, at) => {
    const [x, y] = place(at);
    mean += level / levels.length;
    across += (level * x) / spread;
    down += (level * y) / spread;
  });
  const squares = levels.map((level, at) => {
    const [x, y] = place(at);
    return (level - mean - across * x - down * y) ** 2;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / levels.length);
}
