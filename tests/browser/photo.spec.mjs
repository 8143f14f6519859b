// The photo before it is sent: what is measured live and of the piece, what kind of file it is, and what is left in it.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "./support/fixtures.mjs";
import { filmFolder } from "./support/film.mjs";
import { openWallet, screen, toPhoto } from "./support/wallet.mjs";

const portraits = path.resolve(import.meta.dirname, "../../www/demo/portraits");
const drawing = path.join(portraits, "tang.jpg");

async function begin(page) {
  await openWallet(page);
  await toPhoto(page, "he");
  await expect(screen(page, "photo")).toBeVisible();
}

/** Chooses a file; a page of the browser makes it where it is a function of a canvas with the drawing. */
async function choose(page, file) {
  await page.locator('input[type="file"]').setInputFiles(file);
}

/** A picture made in the page from a demo portrait: its bytes. */
async function made(page, draw, { type = "image/jpeg", args = {} } = {}) {
  const source = (await readFile(drawing)).toString("base64");
  const bytes = await page.evaluate(
    async ([source, draw, type, args]) => {
      const data = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([data], { type: "image/jpeg" }));
      const canvas = new OffscreenCanvas(10, 10);
      await new Function("image", "canvas", "args", `return (${draw})(image, canvas, args)`)(image, canvas, args);
      const blob = await canvas.convertToBlob({ type, quality: 0.9 });
      let text = "";
      for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [source, String(draw), type, args],
  );
  return Buffer.from(bytes, "base64");
}

/** Pictures are made beside the page of the wallet, whose policy allows no script of a test. */
async function workshop(world) {
  const { page } = await world.open();
  await page.goto("about:blank");
  return page;
}

const upright = (image, canvas) => {
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
};

const hint = (page) => page.locator('[data-screen="crop"] [data-slot="hint"]');
const check = (page, name) => page.locator(`[data-screen="crop"] [data-check="${name}"]`);

/** Exif with an orientation, a maker and a place, as the first segment of a JPEG. */
function withExif(jpeg, orientation) {
  const tiff = Buffer.alloc(8 + 2 + 3 * 12 + 4 + 64);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(3, 8);
  const entry = (index, tag, type, count, value) => {
    const at = 10 + index * 12;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  entry(0, 0x010f, 2, 12, 50);
  entry(1, 0x0112, 3, 1, orientation);
  entry(2, 0x8825, 4, 1, 62);
  tiff.write("SECRETMAKER\0", 50, "latin1");
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** The application segments of a JPEG up to its first scan, but the first, which every JPEG has: marker and hex. */
function segments(jpeg) {
  const found = [];
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== 0xda; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg[at + 1];
    if (marker > 0xe0 && marker <= 0xef) found.push(`${marker.toString(16)} ${jpeg.subarray(at + 4, at + 2 + jpeg.readUInt16BE(at + 2)).toString("hex")}`);
  }
  return found;
}

/** The photo of the application that waits, as it is stored: both JPEGs, base64. */
const stored = (page) =>
  page.evaluate(async () => {
    const open = indexedDB.open("liangzheng");
    const database = await new Promise((done) => (open.onsuccess = () => done(open.result)));
    const request = database.transaction("application").objectStore("application").getAll();
    const all = await new Promise((done) => (request.onsuccess = () => done(request.result)));
    database.close();
    const arrays = [];
    const visit = (value) => {
      if (value instanceof Uint8Array) arrays.push(value);
      else if (value instanceof ArrayBuffer) arrays.push(new Uint8Array(value));
      else if (value && typeof value === "object") Object.values(value).forEach(visit);
    };
    all.forEach(visit);
    return arrays.filter((bytes) => bytes[0] === 0xff && bytes[1] === 0xd8).map((bytes) => btoa(String.fromCharCode(...bytes)));
  });

test("a good photo is measured, and what is not checked is said", async ({ page }) => {
  await begin(page);
  await choose(page, drawing);
  await expect(hint(page)).toHaveAttribute("data-hint", "good");
  await expect(hint(page)).toContainText("看起来合格");
  for (const name of ["person", "upright", "light", "ground", "head-size", "head-top", "head-centre", "sharpness"]) {
    await expect(check(page, name)).toHaveAttribute("data-outcome", "pass");
  }
  await expect(page.getByText("这张照片很可能会被退回")).toBeHidden();
  await page.locator('[data-screen="crop"] summary').click();
  await expect(page.getByText("照片上是不是您本人")).toBeVisible();
  await expect(page.getByText("拍摄时间是否在 6 个月内")).toBeVisible();
});

test("each fault has its hint and the reviewer's probable words, and a bad photo can be sent", async ({ page, world }) => {
  const made_in = await workshop(world);
  const faults = {
    "preflight-dark": [(image, canvas) => {
      [canvas.width, canvas.height] = [520, 756];
      const context = canvas.getContext("2d");
      context.filter = "brightness(0.3)";
      context.drawImage(image, 0, 0);
    }, "面部"],
    "preflight-ground-coloured": [(image, canvas) => {
      [canvas.width, canvas.height] = [520, 756];
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, 520, 756);
      for (let at = 0; at < pixels.data.length; at += 4) if (pixels.data[at + 2] > 246 && pixels.data[at] > 246) pixels.data[at] = 60;
      context.putImageData(pixels, 0, 0);
    }, "背景不是白色"],
    "preflight-blurred": [(image, canvas) => {
      [canvas.width, canvas.height] = [520, 756];
      const context = canvas.getContext("2d");
      context.filter = "blur(9px)";
      context.drawImage(image, 0, 0);
    }, "面部"],
    "preflight-head-small": [(image, canvas) => {
      [canvas.width, canvas.height] = [1040, 1512];
      const context = canvas.getContext("2d");
      context.fillStyle = "#fff";
      context.fillRect(0, 0, 1040, 1512);
      context.drawImage(image, 260, 756);
    }, "头"],
  };
  await begin(page);
  for (const [code, [draw, words]] of Object.entries(faults)) {
    await choose(page, { name: "photo.jpg", mimeType: "image/jpeg", buffer: await made(made_in, draw) });
    await expect(hint(page)).toHaveAttribute("data-hint", code);
    const warning = page.locator('[data-screen="crop"] [data-slot="warning"]');
    await expect(warning).toBeVisible();
    await expect(warning.locator('[data-slot="says"]')).toContainText("审核人员可能会说");
    await expect(warning.locator('[data-slot="says"]')).toContainText(words);
    if (code !== "preflight-head-small") await page.getByRole("button", { name: "换一张" }).click();
  }
  await page.getByRole("button", { name: "用这张照片" }).click();
  await expect(screen(page, "confirm").locator('[data-slot="warning"]')).toBeVisible();
  await page.getByRole("button", { name: "提交审核" }).click();
  await expect(screen(page, "review")).toBeVisible();
});

test("a picture on its side is told, and turned by a button or a key; it is straightened and begun again", async ({ page, world }) => {
  await begin(page);
  const buffer = await made(await workshop(world), (image, canvas) => {
    [canvas.width, canvas.height] = [756, 520];
    const context = canvas.getContext("2d");
    context.translate(378, 260);
    context.rotate(Math.PI / 2);
    context.drawImage(image, -260, -378);
  });
  await choose(page, { name: "photo.jpg", mimeType: "image/jpeg", buffer });
  await expect(screen(page, "crop")).toBeVisible();
  await page.getByRole("slider", { name: "放大" }).fill("1");
  await expect(hint(page)).toHaveAttribute("data-hint", "preflight-turned");
  await page.getByRole("button", { name: "向左转" }).click();
  await expect(hint(page)).toHaveAttribute("data-hint", "good");
  await page.getByRole("application", { name: "照片裁剪区域" }).focus();
  await page.keyboard.press("]");
  await page.keyboard.press("[");
  await expect(check(page, "upright")).toHaveAttribute("data-outcome", "pass");
  const tilt = page.getByRole("slider", { name: /校正倾斜/ });
  await tilt.fill("6");
  await expect(page.getByText("6 度")).toBeVisible();
  await page.getByRole("button", { name: "恢复原样" }).click();
  await expect(tilt).toHaveValue("0");
  await expect(hint(page)).toHaveAttribute("data-hint", "good");
});

for (const orientation of [1, 3, 6, 8]) {
  test(`Exif orientation ${orientation} is applied once, and nothing of Exif is stored`, async ({ page, world }) => {
    await begin(page);
    const jpeg = await made(await workshop(world), (image, canvas, { turn }) => {
      // Stored turned, so that it is upright as Exif says.
      const [w, h] = turn % 180 ? [1512, 1040] : [1040, 1512];
      [canvas.width, canvas.height] = [w, h];
      const context = canvas.getContext("2d");
      context.translate(w / 2, h / 2);
      context.rotate((turn * Math.PI) / 180);
      context.drawImage(image, -520, -756, 1040, 1512);
    }, { args: { turn: { 1: 0, 3: 180, 6: 270, 8: 90 }[orientation] } });
    const buffer = withExif(jpeg, orientation);
    expect(segments(buffer)[0]).toMatch(/^e1 /);
    // The browser's own profile of colours, the same for every picture.
    const own = segments(jpeg);
    await choose(page, { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer });
    await expect(hint(page)).toHaveAttribute("data-hint", "good");
    await page.getByRole("button", { name: "用这张照片" }).click();
    await expect(screen(page, "confirm")).toBeVisible();
    const photos = (await stored(page)).map((text) => Buffer.from(text, "base64"));
    expect(photos).toHaveLength(2);
    for (const photo of photos) {
      expect(segments(photo), "APP1 to APP15").toEqual(own);
      expect(photo.includes("SECRETMAKER")).toBe(false);
      expect(photo.includes("Exif")).toBe(false);
    }
    expect(Math.max(...photos.map((photo) => photo.length))).toBeLessThanOrEqual(48 * 1024);
  });
}

test("48 megapixels, CMYK, 16 bits, WebP and a motion photo work", async ({ page, world }) => {
  const workbench = await workshop(world);
  const large = await made(workbench, (image, canvas) => {
    [canvas.width, canvas.height] = [6048, 8064];
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, 6048, 8064);
    context.drawImage(image, 250, 0, 5548, 8064);
  });
  const small = await readFile(drawing);
  const film = Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08mdat", "latin1");
  const files = {
    "48 megapixels": { name: "48mp.jpg", mimeType: "image/jpeg", buffer: large },
    "a motion photo": { name: "MVIMG.jpg", mimeType: "image/jpeg", buffer: Buffer.concat([small, film]) },
    webp: { name: "a.webp", mimeType: "image/webp", buffer: await made(workbench, upright, { type: "image/webp" }) },
    "16 bits": path.resolve(import.meta.dirname, "support/photo-16-bit.png"),
    cmyk: path.resolve(import.meta.dirname, "support/photo-cmyk.jpg"),
  };
  await begin(page);
  for (const [name, file] of Object.entries(files)) {
    await choose(page, file);
    await expect(screen(page, "crop"), name).toBeVisible();
    await expect(check(page, "ground"), name).toHaveAttribute("data-outcome", "pass");
    await expect(check(page, "head-size"), name).not.toHaveAttribute("data-outcome", "fail");
    await page.getByRole("button", { name: "换一张" }).click();
  }
});

test("what is no still photo is refused with the one thing to change", async ({ page }) => {
  const box = (brand) => Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1${brand}`, "latin1");
  const sized = (name, body) => Buffer.concat([Buffer.from([0, 0, 0, body.length + 8]), Buffer.from(name), body]);
  const size = Buffer.from([0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 6, 0]);
  const meta = sized("meta", Buffer.concat([Buffer.alloc(4), sized("iprp", sized("ipco", sized("ispe", size)))]));
  const heif = (brand) => Buffer.concat([box(brand), meta, sized("mdat", Buffer.alloc(9, 7))]);
  const gif = (await readFile(drawing)) && Buffer.concat([
    Buffer.from("GIF89a\x80\x02\x20\x03\x80\0\0......", "latin1"),
    ...[1, 2].map(() => Buffer.from(",\0\0\0\0\x80\x02\x20\x03\0\x02\x02ab\0", "latin1")),
    Buffer.from(";"),
  ]);
  const cases = [
    ["photo.heic", heif("heic"), "HEIC", "兼容性最佳"],
    ["photo.avif", heif("avif"), "打不开", "另存为 JPG"],
    ["clip.mp4", heif("isom"), "这是视频", "选择照片"],
    ["moving.gif", gif, "动图", "静止的照片"],
    ["scan.pdf", Buffer.from("%PDF-1.7\n"), "PDF", "JPG 或 PNG"],
    ["raw.dng", Buffer.from("II*\0\x08\0\0\0", "latin1"), "RAW", "另存为 JPG"],
    ["half.jpg", (await readFile(drawing)).subarray(0, 20_000), "内容不完整", "再传一次"],
  ];
  await begin(page);
  for (const [name, buffer, what, next] of cases) {
    await choose(page, { name, mimeType: "application/octet-stream", buffer });
    await expect(page.getByRole("alert").or(page.locator("[data-problem]")).first()).toContainText(what);
    await expect(page.locator("[data-problem]")).toContainText(next);
  }
  await choose(page, drawing);
  await expect(screen(page, "crop")).toBeVisible();
});

/** A film for the fake camera, which shows a demo portrait that moves from too small into the frame. */
async function filmOfFace(page, folder, steps) {
  const source = (await readFile(drawing)).toString("base64");
  const frames = [];
  for (const step of steps) {
    const text = await page.evaluate(
      async ([source, { scale, light }]) => {
        const data = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0));
        const image = await createImageBitmap(new Blob([data], { type: "image/jpeg" }));
        const context = new OffscreenCanvas(1280, 720).getContext("2d");
        context.fillStyle = "#fff";
        context.fillRect(0, 0, 1280, 720);
        const [width, height] = [495 * scale, 720 * scale];
        context.drawImage(image, 640 - width / 2, 720 - height, width, height);
        context.globalAlpha = 1 - light;
        context.fillStyle = "#000";
        context.fillRect(0, 0, 1280, 720);
        const { data: rgba } = context.getImageData(0, 0, 1280, 720);
        const planes = new Uint8Array((1280 * 720 * 3) / 2);
        for (let y = 0; y < 720; y++) {
          for (let x = 0; x < 1280; x++) {
            const at = (y * 1280 + x) * 4;
            const [r, g, b] = [rgba[at], rgba[at + 1], rgba[at + 2]];
            planes[y * 1280 + x] = 16 + (65.7 * r + 129.1 * g + 25.1 * b) / 256;
            if (y % 2 || x % 2) continue;
            const place = 1280 * 720 + (y / 2) * 640 + x / 2;
            planes[place] = 128 + (-37.9 * r - 74.5 * g + 112.4 * b) / 256;
            planes[place + 640 * 360] = 128 + (112.4 * r - 94.2 * g - 18.2 * b) / 256;
          }
        }
        let text = "";
        for (let at = 0; at < planes.length; at += 32768) text += String.fromCharCode(...planes.subarray(at, at + 32768));
        return btoa(text);
      },
      [source, step],
    );
    const frame = Buffer.concat([Buffer.from("FRAME\n"), Buffer.from(text, "base64")]);
    for (let times = 0; times < step.times; times++) frames.push(frame);
  }
  const file = path.join(folder, "face.y4m");
  await writeFile(file, Buffer.concat([Buffer.from("YUV4MPEG2 W1280 H720 F30:1 Ip A1:1 C420jpeg\n"), ...frames]));
  return file;
}

for (const [name, step, code] of [
  ["too small", { scale: 0.5, light: 1, times: 8 }, "preflight-head-small"],
  ["in the dark", { scale: 1, light: 0.3, times: 8 }, "preflight-dark"],
  ["in the frame", { scale: 1, light: 1, times: 8 }, "good"],
]) {
  test(`the camera says one thing at a time: ${name}`, async ({ world }) => {
    const folder = await filmFolder();
    const film = await filmOfFace(await workshop(world), folder, [step]);
    const { page, context } = await world.open({ launched: { film } });
    await context.grantPermissions(["camera"]);
    await begin(page);
    await page.getByRole("button", { name: /用相机拍摄/ }).click();
    const hint = page.locator('[data-screen="camera"] [data-slot="hint"]');
    await expect(hint).toHaveAttribute("data-hint", code);
    await expect(hint).toHaveAttribute("role", "status");
    await page.getByRole("button", { name: "拍摄", exact: true }).click();
    await expect(page.locator('[data-screen="crop"] [data-slot="hint"]')).toHaveAttribute("data-hint", code);
  });
}
