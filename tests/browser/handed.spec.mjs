// Files that are handed in while something else opens, closes, loads or is judged are read, or a message
// says why not. What is handed in at the same moment is handed in within one task of the page, so that nothing comes between.
import { deflateRawSync } from "node:zlib";
import { expect, START, test } from "./support/fixtures.mjs";
import { encodeText, frames, pictures, png, symbol } from "./support/code.mjs";
import { give, handIn, next, openCamera, openVerifier, verdict } from "./support/verifier.mjs";
import { video } from "./support/webm.mjs";

const status = (page) => page.locator("#status-text");
const waits = (page) => page.locator("#next-waits");
const film = (page) => page.locator("#film");

const files = (payload) => pictures(payload).map((buffer, index) => ({ name: `${index}.png`, mimeType: "image/png", buffer }));
const shots = (payload) => frames(payload).map((frame) => symbol(frame));
const webm = (buffer) => ({ name: "code.webm", mimeType: "video/webm", buffer });

const lin = (films) => films({ person: "lin", purpose: "roadside", payload: true });
/** Few frames, so that a video of them is short. */
const small = (films, person = "lin") => films({ person, purpose: "age-only", portrait: false, payload: true });
const wei = (films) => films({ person: "wei", purpose: "roadside", payload: true });

/** A verifier in its own window, its clock at that of a wallet's payload. */
async function verifier(world, { at }, options = {}, init, purpose = "roadside") {
  const opened = await world.open({ at: at + 2000, ...options });
  if (init) await opened.context.addInitScript(init);
  await openVerifier(opened.page, purpose);
  return opened;
}

/** Types as a gun does, wherever the focus is: each key without waiting for the last one. */
async function shoot(page, digits) {
  const gun = await page.context().newCDPSession(page);
  const key = (key) => ({ key, code: `Digit${key}`, windowsVirtualKeyCode: key.charCodeAt(0) });
  await Promise.all([...digits].flatMap((digit) => [
    gun.send("Input.dispatchKeyEvent", { type: "keyDown", ...key(digit), text: digit, unmodifiedText: digit }),
    gun.send("Input.dispatchKeyEvent", { type: "keyUp", ...key(digit) }),
  ]));
  await gun.detach();
}

/** A text that needs few keys, and what becomes of it. */
const nothing = encodeText(deflateRawSync(Buffer.from("not a licence at all")));
async function refused(page) {
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "red", person: false });
  expect(seen.failed.join()).toMatch(/^(envelope|cbor|size)/);
}

/** In the page: the first message that asks for a verdict waits until the test lets it go, and is not given up before. */
function hold() {
  const later = globalThis.setTimeout;
  globalThis.setTimeout = (act, ms, ...rest) => later(act, ms >= 2000 ? ms * 20 : ms, ...rest);
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.kind === "verify" && !globalThis.release) globalThis.release = () => post.call(this, message, ...rest);
    else post.call(this, message, ...rest);
  };
}

const panels = { trust: ["#trust-open", "#trust-close"], typed: ["#typed-open", "#typed-close"] };

for (const [name, [opens, closes]] of Object.entries(panels)) {
  for (const way of ["drop", "paste"]) {
    test(`pictures that come at the moment at which a panel is closed are read: ${name}, ${way}`, async ({ world, films }) => {
      const shown = await lin(films);
      const { page } = await verifier(world, shown);
      await page.locator(opens).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await give(page, way, files(shown.payload), { before: closes });
      expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
    });
  }

  test(`pictures that come at the moment at which a panel is opened are read after it: ${name}`, async ({ world, films }) => {
    const shown = await lin(films);
    const { page } = await verifier(world, shown);
    await give(page, "drop", files(shown.payload), { after: opens });
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.locator(closes).click();
    expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
  });

  test(`a video that comes at the moment at which a panel is closed, or opened, is read: ${name}`, async ({ world, films }) => {
    const shown = await small(films);
    const recorded = webm(await video(world, shots(shown.payload), { ms: 5000 }));
    const { page } = await verifier(world, shown, {}, undefined, "age-only");
    await page.locator(opens).click();
    await give(page, "drop", [recorded], { before: closes });
    expect(await verdict(page)).toMatchObject({ colour: "amber", failed: ["portrait-left-out"] });
    await next(page);
    await give(page, "drop", [recorded], { after: opens });
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.locator(closes).click();
    expect((await verdict(page)).failed).toEqual(["seen"]);
  });
}

test("a picture that is dropped on the panel for digits, or pasted into its field, is read", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown);
  await page.locator("#typed-open").click();
  await give(page, "drop", files(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await next(page);
  await page.locator("#typed-open").click();
  await page.locator("#typed-text").evaluate((field, pictures) => {
    const data = new DataTransfer();
    for (const picture of pictures) {
      data.items.add(new File([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))], "code.png", { type: "image/png" }));
    }
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, pictures(shown.payload).map((picture) => picture.toString("base64")));
  expect((await verdict(page)).failed).toEqual(["seen"]);
});

for (const kind of ["pictures", "a video", "digits"]) {
  test(`${kind} that come while a verdict is on its way wait for it, and are read after it`, async ({ world, films }) => {
    const [first, second] = [await lin(films), await (kind === "a video" ? small(films, "zhao") : wei(films))];
    const recorded = kind === "a video" && webm(await video(world, shots(second.payload), { ms: 5000 }));
    const { page } = await verifier(world, first, {}, hold);
    await handIn(page, pictures(first.payload));
    await page.waitForFunction(() => globalThis.release);
    if (kind === "digits") await shoot(page, nothing);
    else await give(page, "drop", recorded ? [recorded] : files(second.payload));
    await page.evaluate(() => globalThis.release());
    // The verdict is that on the first one.
    expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
    await expect(waits(page)).toBeVisible();
    await page.getByRole("button", { name: "下一位" }).click();
    await expect(page.getByText("林知夏")).toHaveCount(0);
    if (kind === "digits") await refused(page);
    else if (recorded) expect((await verdict(page)).headline).not.toContain("C1");
    else expect(await verdict(page)).toMatchObject({ name: "韦一鸣" });
    await expect(waits(page)).toBeHidden();
  });
}

test("two licences that are handed in one right after the other are both read", async ({ world, films }) => {
  const [first, second] = [await lin(films), await wei(films)];
  const { page } = await verifier(world, first);
  await page.evaluate(() => {
    globalThis.paste = (pictures) => {
      const data = new DataTransfer();
      for (const picture of pictures) {
        data.items.add(new File([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))], "code.png", { type: "image/png" }));
      }
      document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    };
  });
  const text = (shown) => pictures(shown.payload).map((picture) => picture.toString("base64"));
  await page.evaluate(([one, other]) => { paste(one); paste(other); }, [text(first), text(second)]);
  expect(await verdict(page)).toMatchObject({ name: "林知夏" });
  await page.getByRole("button", { name: "下一位" }).click();
  expect(await verdict(page)).toMatchObject({ name: "韦一鸣" });
});

/** Each file of one between those of the other. */
const mixed = (one, other) => one.flatMap((file, at) => [file, ...other.slice(at, at + 1)]).concat(other.slice(one.length));

for (const [order, arrange] of [["one after the other", (one, other) => [...one, ...other]], ["mixed", mixed]]) {
  test(`of two licences whose pictures are handed in together both are judged: ${order}`, async ({ world, films }) => {
    const [first, second] = [await lin(films), await wei(films)];
    const { page } = await verifier(world, first);
    await give(page, "drop", arrange(files(first.payload), files(second.payload)));
    const seen = [(await verdict(page)).name];
    await expect(waits(page)).toBeVisible();
    await page.getByRole("button", { name: "下一位" }).click();
    await expect(page.getByText(seen[0])).toHaveCount(0);
    seen.push((await verdict(page)).name);
    expect(seen.sort()).toEqual(["林知夏", "韦一鸣"].sort());
    await expect(waits(page)).toBeHidden();
    // Then the page reads from the beginning.
    await next(page);
    await handIn(page, pictures(first.payload));
    expect((await verdict(page)).failed).toEqual(["seen"]);
  });
}

test("a further licence whose pictures are not complete is named beside the verdict and after it, and the others complete it", async ({ world, films }) => {
  const [first, second] = [await lin(films), await wei(films)];
  const parts = files(second.payload);
  const lacking = page => page.locator("#next-lacking");
  const { page } = await verifier(world, first);
  await give(page, "drop", [...parts.slice(0, 2), ...files(first.payload)]);
  expect((await verdict(page)).name).toBe("林知夏");
  await expect(lacking(page)).toContainText(`另有一个二维码只读取了 2 / ${parts.length}`);
  await expect(waits(page)).toBeHidden();
  await next(page);
  await expect(status(page)).toContainText(`已读取 2 / ${parts.length}`);
  await give(page, "drop", parts.slice(2));
  expect((await verdict(page)).name).toBe("韦一鸣");
  await expect(lacking(page)).toBeHidden();
  // Then the page reads from the beginning.
  await next(page);
  await handIn(page, pictures(first.payload));
  expect((await verdict(page)).failed).toEqual(["seen"]);
});

test("of more codes than are collected at the same time it is said that some were left out", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown);
  const begun = Array.from({ length: 17 }, (_, index) => png(symbol(frames(Buffer.alloc(100, index), 60)[0])));
  const codes = begun.map((buffer, index) => ({ name: `${index}.png`, mimeType: "image/png", buffer }));
  await give(page, "drop", codes.slice(0, 3));
  await expect(status(page)).toContainText("有 3 个二维码没有读全");
  await give(page, "drop", codes.slice(3));
  await expect(status(page)).toContainText("16 个以上");
});

test("of a video that shows two licences one after the other both are judged", async ({ world, films }) => {
  const [first, second] = [await small(films), await small(films, "zhao")];
  const recorded = webm(await video(world, [...shots(first.payload), null, ...shots(second.payload), null, ...shots(first.payload)], { ms: 8000, hold: 800 }));
  const { page } = await verifier(world, first, {}, undefined, "age-only");
  await give(page, "drop", [recorded]);
  expect((await verdict(page)).failed).toEqual(["portrait-left-out"]);
  // It is read on beside the verdict.
  await expect(waits(page)).toBeVisible();
  await expect(film(page)).toBeHidden();
  await page.getByRole("button", { name: "下一位" }).click();
  await expect(waits(page)).toBeHidden();
  // Another one: the same code would be one that was seen.
  expect((await verdict(page)).failed).toEqual(["portrait-left-out"]);
  await next(page);
  await expect(status(page)).toBeHidden();
  await handIn(page, pictures(first.payload));
  expect((await verdict(page)).failed).toEqual(["seen"]);
});

test("a video that is still read when its verdict is taken away is read on in the camera's place, until it is stopped", async ({ world, films }) => {
  const shown = await small(films);
  const recorded = webm(await video(world, [...shots(shown.payload), ...Array(40).fill(null)], { ms: 30_000, hold: 800 }));
  const { page } = await verifier(world, shown, {}, undefined, "age-only");
  await give(page, "drop", [recorded]);
  expect((await verdict(page)).failed).toEqual(["portrait-left-out"]);
  await next(page);
  await expect(film(page)).toBeVisible();
  await expect(status(page)).toContainText("正在读取视频");
  await page.getByRole("button", { name: "停止读取" }).click();
  await expect(film(page)).toBeHidden();
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).failed).toEqual(["seen"]);
});

test("of two codes in one picture both are judged", async ({ world, films }) => {
  const shown = [await small(films), await small(films, "zhao")];
  const [one, other] = shown.map(({ payload }) => symbol(frames(payload, 2900)[0]));
  const [width, height] = [one.width + other.width, Math.max(one.height, other.height)];
  const luma = Buffer.alloc(width * height, 255);
  for (const [{ luma: from, width: side, height: rows }, left] of [[one, 0], [other, one.width]]) {
    for (let y = 0; y < rows; y++) from.copy(luma, y * width + left, y * side, (y + 1) * side);
  }
  const { page } = await verifier(world, shown[0], {}, undefined, "age-only");
  await handIn(page, [png({ luma, width, height })]);
  expect((await verdict(page)).failed).toEqual(["portrait-left-out"]);
  await expect(waits(page)).toBeVisible();
  await page.getByRole("button", { name: "下一位" }).click();
  await expect(waits(page)).toBeHidden();
  expect((await verdict(page)).failed).toEqual(["portrait-left-out"]);
});

test("pictures that show nothing new beside a licence are passed over, and the same licence is read again later", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown);
  await give(page, "drop", [...files(shown.payload), ...files(shown.payload)]);
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
  await expect(waits(page)).toBeHidden();
  await next(page);
  await expect(status(page)).toBeHidden();
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).failed).toEqual(["seen"]);
});

test("a file that is no picture is named after the licence that was handed in with it", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown);
  await give(page, "drop", [...files(shown.payload), { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") }]);
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
  await expect(waits(page)).toBeVisible();
  await next(page);
  await expect(status(page)).toContainText("这是一段文字");
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).failed).toEqual(["seen"]);
  await expect(waits(page)).toBeHidden();
});

test("of two videos that are handed in together both are judged", async ({ world, films }) => {
  const [first, second] = [await small(films), await small(films, "zhao")];
  const recorded = [];
  for (const { payload } of [first, second]) recorded.push(webm(await video(world, shots(payload), { ms: 5000 })));
  const { page } = await verifier(world, first, {}, undefined, "age-only");
  await give(page, "drop", recorded);
  expect((await verdict(page)).failed).toEqual(["portrait-left-out"]);
  await expect(waits(page)).toBeVisible();
  // The sentence stands only until the next frame is read, and the rest of the first video may come before it.
  await page.evaluate(() => {
    globalThis.said = [];
    const text = document.getElementById("status-text");
    new MutationObserver(() => said.push(text.textContent)).observe(text, { childList: true, characterData: true, subtree: true });
  });
  await page.getByRole("button", { name: "下一位" }).click();
  await page.waitForFunction(() => globalThis.said.some((words) => words.includes("视频 2 / 2")));
  expect((await verdict(page)).failed).toEqual(["portrait-left-out"]);
  await expect(waits(page)).toBeHidden();
});

test("pictures that come while a video is read are read after it, and stopping the video does not lose them", async ({ world, films }) => {
  const shown = await lin(films);
  const grey = webm(await video(world, [null], { ms: 30_000, every: 500 }));
  const { page } = await verifier(world, shown);
  await give(page, "drop", [grey]);
  await expect(film(page)).toBeVisible();
  await give(page, "drop", files(shown.payload));
  await expect(film(page)).toBeVisible();
  await page.getByRole("button", { name: "停止读取" }).click();
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
});

test("a gun is heard wherever the focus is: with nothing open, beside a verdict, above the trust panel", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown);
  await shoot(page, nothing);
  await refused(page);
  await shoot(page, encodeText(deflateRawSync(Buffer.from("another one"))));
  await refused(page);
  await next(page);
  await page.locator("#trust-open").click();
  await shoot(page, nothing);
  await page.locator("#trust-close").click();
  await refused(page);
  await next(page);
  // What a person types into a field of the page stays there.
  await page.locator("#lists summary").click();
  await page.locator("#list-address").pressSequentially("7601");
  await expect(page.locator("#list-address")).toHaveValue("7601");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

for (const [hanging, words] of [[1, "are read by the one that takes its place"], [2, "twice on the same one are told of it, and the others are read"]]) {
  test(`pictures that come to a worker that hangs ${words}`, async ({ world, films }) => {
    const shown = await lin(films);
    // The service worker would answer for the worker's script, as it is.
    const { page, context, watch } = await world.open({ at: shown.at + 2000, serviceWorkers: "block" });
    watch.expect(/Service Worker registration blocked/);
    let left = hanging;
    await context.route(/scan-worker/, async (route) => {
      const response = await route.fetch();
      const hangs = left-- > 0 ? "\nglobalThis.createImageBitmap = () => { for (;;); };" : "";
      await route.fulfill({ response, body: (await response.text()) + hangs });
    });
    await openVerifier(page, "roadside");
    const all = pictures(shown.payload);
    await handIn(page, hanging === 1 ? all : all.slice(0, 1));
    if (hanging === 2) {
      await expect.poll(() => left).toBe(-1);
      await expect(page.locator("#status")).toHaveAttribute("data-tone", "warn");
      await expect(status(page)).toContainText("读取中断过");
      await handIn(page, all);
    }
    expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
  });
}

test("a video that comes while the worker is still loading is read", async ({ world, films }) => {
  const shown = await small(films);
  const recorded = webm(await video(world, shots(shown.payload), { ms: 5000 }));
  const { page, context } = await world.open({ at: shown.at + 2000 });
  let load;
  const loaded = new Promise((resolve) => { load = resolve; });
  await context.route(/scan-worker/, async (route) => { await loaded; await route.continue(); });
  await openVerifier(page, "age-only");
  await give(page, "drop", [recorded]);
  // A video does not play before the worker is ready.
  await expect(film(page)).toBeHidden();
  load();
  expect(await verdict(page)).toMatchObject({ colour: "amber", failed: ["portrait-left-out"] });
});

test("digits and pictures that come before the stored lists are there are judged with them", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown, {}, () => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      const listen = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "onsuccess").set;
      Object.defineProperty(request, "onsuccess", { set(act) { listen.call(request, (event) => setTimeout(() => act.call(request, event), 1500)); } });
      return request;
    };
  });
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
});

test("where no worker can be had that is said to whoever hands something in", async ({ world, films }) => {
  const shown = await lin(films);
  const { page, context, watch } = await world.open({ at: shown.at + 2000 });
  watch.expect(/Failed to load resource|ERR_FAILED/);
  await context.route(/scan-worker/, (route) => route.abort());
  await openVerifier(page, "roadside");
  await expect(status(page)).toContainText("读取程序未能启动");
  await give(page, "drop", []);
  await expect(status(page)).toContainText("没有文件");
  await give(page, "drop", files(shown.payload));
  await expect(status(page)).toContainText("读取程序未能启动");
});

test("pictures that come while the camera opens are read, and a video while a screen is chosen", async ({ world, films }) => {
  const shown = await small(films);
  const recorded = webm(await video(world, shots(shown.payload), { ms: 5000 }));
  const { page, context } = await verifier(world, shown, { launched: {} }, () => {
    const ask = MediaDevices.prototype.getUserMedia;
    for (const name of ["getUserMedia", "getDisplayMedia"]) {
      MediaDevices.prototype[name] = async function () {
        await new Promise((answer) => { globalThis.answer = answer; });
        return ask.call(this, { video: true });
      };
    }
  }, "age-only");
  await context.grantPermissions(["camera"]);
  await page.getByRole("button", { name: "屏幕", exact: true }).click();
  await page.waitForFunction(() => globalThis.answer);
  await give(page, "drop", [recorded]);
  await expect(film(page)).toBeVisible();
  await page.evaluate(() => { globalThis.answer(); globalThis.answer = undefined; });
  await expect(page.locator('#scan[data-camera="live"]')).toBeVisible();
  expect(await verdict(page)).toMatchObject({ colour: "amber", failed: ["portrait-left-out"] });
  await next(page);
  await page.locator("#camera-stop").click();
  await page.locator("#camera-start").click();
  await page.waitForFunction(() => globalThis.answer);
  await give(page, "drop", files(shown.payload), {});
  await page.evaluate(() => globalThis.answer());
  expect((await verdict(page)).failed).toEqual(["seen"]);
});

test("an answer to a question is read though the asking ends, or a panel opens, while it is read", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown);
  await page.locator("#ask-open").click();
  await expect(page.locator("#asking")).toBeVisible();
  await give(page, "drop", files(shown.payload), { after: "#ask-close" });
  // Read whole after the question was taken back, and judged as what it is then.
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
});

test("what the clipboard gives after a panel was opened is told of there", async ({ world }) => {
  const { page } = await verifier(world, { at: START }, {}, () => {
    Clipboard.prototype.read = () => new Promise((answer) => {
      globalThis.answer = () => answer([{ types: ["image/png"], getType: async () => new Blob(["a picture"], { type: "image/png" }) }]);
    });
  });
  await page.locator("#paste").click();
  await page.waitForFunction(() => globalThis.answer);
  await page.locator("#trust-open").click();
  await page.evaluate(() => globalThis.answer());
  await expect(page.locator("#trust-error")).toContainText("既不是信任名单");
});

test("a page that comes back from the browser's memory reads again", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown, {}, hold);
  await handIn(page, pictures(shown.payload));
  await page.waitForFunction(() => globalThis.release);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
});

test("of more files than a payload has frames none is left out", async ({ world, films }) => {
  const shown = await lin(films);
  const { page } = await verifier(world, shown);
  const others = Array.from({ length: 130 }, (_, index) => ({ name: `${index}.txt`, mimeType: "text/plain", buffer: Buffer.from("no picture") }));
  await give(page, "drop", [...others, ...files(shown.payload)]);
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
});

test("a licence that is handed in while many pictures are read in vain is judged before the rest of them", async ({ world, films }) => {
  const shown = await lin(films);
  const held = 12;
  /** In the page: counts the pictures that the worker is asked to read, and keeps the twelfth until the test lets it go. */
  const count = (held) => {
    const post = Worker.prototype.postMessage;
    globalThis.asked = 0;
    Worker.prototype.postMessage = function (message, ...rest) {
      const send = () => post.call(this, message, ...rest);
      if (message?.kind === "picture" && ++globalThis.asked === held) globalThis.release = send;
      else send();
    };
  };
  const { page, context } = await world.open({ at: shown.at + 2000 });
  await context.addInitScript(count, held);
  await openVerifier(page, "roadside");
  const blank = png({ luma: Buffer.alloc(64 * 64, 255), width: 64, height: 64 });
  await give(page, "drop", Array.from({ length: 100 }, (_, index) => ({ name: `${index}.png`, mimeType: "image/png", buffer: blank })));
  await page.waitForFunction(() => globalThis.release);
  const licence = files(shown.payload);
  await give(page, "drop", licence);
  await page.evaluate(() => globalThis.release());
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
  expect(await page.evaluate(() => globalThis.asked)).toBeLessThanOrEqual(held + licence.length);
  await expect(waits(page), "the others wait").toBeVisible();
});

test("a camera that sees somebody else meanwhile takes nothing away from what was handed in", async ({ world, films }) => {
  const first = await films({ person: "lin", purpose: "roadside" });
  const second = await wei(films);
  const { page } = await world.open({ at: first.at + 1500, launched: { film: first.file } });
  await openVerifier(page, "roadside");
  await openCamera(page);
  await verdict(page);
  await give(page, "drop", files(second.payload));
  await expect(page.locator('#scan[data-camera="live"]')).toBeVisible();
  expect((await verdict(page)).name).toBe("韦一鸣");
  // Then the camera reads again.
  await page.getByRole("button", { name: "下一位" }).click();
  expect((await verdict(page)).failed).toEqual(["seen"]);
});
