// What a pane of /try/ gives its page (crate/site/src/browser/trial.rs).
const WIDTH = 1200;
const HEIGHT = 900;
// The code fills this much of the picture, as on a phone that is held before a camera.
const SIDE = 760;
const MARGIN = 36;

// The wallet's code, as the verifier's camera sees it: only its pixels, drawn onto a canvas again for every picture.
function camera() {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d", { alpha: false });
  const stream = canvas.captureStream();
  const [track] = stream.getVideoTracks();
  const look = () => {
    if (track.readyState === "ended") return;
    draw(context);
    requestAnimationFrame(look);
  };
  look();
  return stream;
}

function draw(context) {
  context.fillStyle = "#7c868e";
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const code = shown();
  const across = code ? SIDE + 2 * MARGIN : SIDE * 0.6;
  context.fillStyle = code ? "#ffffff" : "#a9b2b9";
  context.fillRect((WIDTH - across) / 2, code ? (HEIGHT - across) / 2 : 0, across, code ? across : HEIGHT);
  if (!code) return;
  // Whole multiples of a small code keep its edges sharp.
  const scale = code.width <= SIDE ? Math.floor(SIDE / code.width) : SIDE / code.width;
  const side = code.width * scale;
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(code, (WIDTH - side) / 2, (HEIGHT - side) / 2, side, side);
}

// The canvas with a code, if the wallet shows one now.
function shown() {
  try {
    const wallet = parent.document.getElementById("wallet").contentDocument;
    const canvas = wallet.querySelector('dialog[data-screen="present"] canvas');
    return canvas?.width > 0 ? canvas : undefined;
  } catch {
    // The wallet's pane is being loaded, or has failed.
  }
}

// How far the page's calendar is ahead of the clock.
function aheadMs() {
  try {
    return Number(sessionStorage.getItem("liangzheng.try.ahead")) || 0;
  } catch {
    return 0;
  }
}

globalThis.liangzhengTrial = { camera, aheadMs: aheadMs() };
