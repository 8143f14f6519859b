// The verifier without a filmed wallet: pictures, paste, hints, other codes, no camera, languages.
import { deflateRawSync } from "node:zlib";
import path from "node:path";
import { readFile, rm } from "node:fs/promises";
import { expect, test } from "./support/fixtures.mjs";
import { frames, pictures, png, poisoned, symbol } from "./support/code.mjs";
import { filmFolder, slides, write } from "./support/film.mjs";
import { choose, handIn, next, openCamera, openVerifier, verdict } from "./support/verifier.mjs";

const status = (page) => page.locator("#status-text");

/** A verifier in its own window, its clock at that of a wallet's payload. */
async function verifier(world, { at }, purpose = "roadside") {
  const opened = await world.open({ at: at + 2000 });
  await openVerifier(opened.page, purpose);
  return opened;
}

test("screenshots of a code are handed in as files, one after the other", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await verifier(world, shown);
  const [first, ...others] = pictures(shown.payload);
  await handIn(page, [first]);
  await expect(status(page)).toContainText(`已读取 1 / ${others.length + 1}`);
  await expect(page.locator("article.verdict"), "nothing before it is whole").toHaveCount(0);
  await handIn(page, others);
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
});

test("pictures are pasted", async ({ world, films }) => {
  const shown = await films({ person: "zhao", purpose: "insurance", payload: true });
  const { page } = await verifier(world, shown, "insurance");
  const files = pictures(shown.payload).map((picture) => picture.toString("base64"));
  await page.evaluate((files) => {
    const data = new DataTransfer();
    for (const [index, file] of files.entries()) {
      const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], `${index}.png`, { type: "image/png" }));
    }
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, files);
  expect((await verdict(page)).name).toBe("赵远舟");
});

test("pictures without a code, broken ones and bombs are told in words", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await verifier(world, shown);
  const portrait = await readFile(path.resolve(import.meta.dirname, "../../www/demo/portraits/lin.jpg"));
  const hand = (name, buffer) => page.locator("#files").setInputFiles({ name, mimeType: "image/png", buffer });
  await hand("face.jpg", portrait);
  await expect(status(page)).toContainText("没有找到二维码");
  await hand("text.png", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"));
  await expect(status(page)).toContainText("不支持这种文件");
  await hand("cut.png", pictures(shown.payload)[0].subarray(0, 90));
  await expect(status(page)).toContainText("可能已损坏");
  const bomb = Buffer.from(png({ luma: Buffer.from([0]), width: 1, height: 1 }));
  bomb.writeUInt32BE(20000, 16);
  bomb.writeUInt32BE(20000, 20);
  await hand("bomb.png", bomb);
  await expect(status(page)).toContainText("太大");
  // A small screen with a large image, of which browsers decode the whole.
  const gif = Buffer.concat([Buffer.from("GIF89a"), Buffer.from("0a000a00000000", "hex"),
    Buffer.from("2c00000000803e803e00", "hex"), Buffer.from("02024401003b", "hex")]);
  await hand("bomb.gif", gif);
  await expect(status(page)).toContainText("太大");
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).colour).toBe("green");
});

for (const [text, words] of [
  ["https://example.com/login", "这是网址，不是驾驶证。请对方在证件夹里出示驾驶证。"],
  ["javascript:alert(1)", "这不是驾驶证二维码"],
  ["weixin://dl/scan", "这不是驾驶证二维码"],
  ["LOVE", "这不是驾驶证二维码"],
  ["L", "这不是驾驶证二维码"],
]) {
  test(`${text} is no licence code, and is never opened`, async ({ page }) => {
    await openVerifier(page);
    const navigations = [];
    page.on("framenavigated", (frame) => navigations.push(frame.url()));
    page.on("dialog", (dialog) => (navigations.push(dialog.message()), dialog.dismiss()));
    await handIn(page, [png(symbol(Buffer.from(text)))]);
    await expect(status(page)).toHaveText(words);
    expect(await page.locator("body").innerText()).not.toContain(text);
    expect(navigations).toEqual([]);
    await expect(page.locator("article.verdict")).toHaveCount(0);
  });
}

test("a long screenshot with a small code at its end is read", async ({ world, films }) => {
  const shown = await films({ person: "zhao", purpose: "insurance", payload: true });
  const { page } = await verifier(world, shown);
  const [width, height] = [1290, 8000];
  const files = frames(shown.payload).map((frame) => {
    const code = symbol(frame, 3);
    const luma = Buffer.alloc(width * height, 250);
    const [left, top] = [(width - code.width) >> 1, height - code.height - 40];
    for (let y = 0; y < code.height; y++) code.luma.copy(luma, (top + y) * width + left, y * code.width, (y + 1) * code.width);
    return png({ luma, width, height });
  });
  await handIn(page, files);
  expect((await verdict(page)).name).toBe("赵远舟");
});

test("bytes that are no presentation are refused with a code, in words first", async ({ page }) => {
  await openVerifier(page);
  await handIn(page, pictures(deflateRawSync(Buffer.from("hello"))));
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "red", person: false });
  expect(seen.failed.join()).toMatch(/^(envelope|cbor|size)/);
});

test("a hint comes when nothing is found, and the camera can be closed", async ({ world }) => {
  const { page } = await world.open({ launched: {} });
  await openVerifier(page);
  await openCamera(page);
  await expect(status(page)).toHaveText("把二维码放进框内");
  await expect(status(page)).toContainText("还没有读到");
  await page.getByRole("button", { name: "关相机" }).click();
  await expect(page.locator('#scan[data-camera="live"]')).toHaveCount(0);
  expect(await page.evaluate(() => document.getElementById("video").srcObject)).toBe(null);
});

test("a camera that is refused or missing says what to do, and the file way works at once", { tag: "@T-camera-denied" }, async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  for (const [launched, state, words] of [
    [{}, "denied", "相机未获允许"],
    [{ film: null }, "absent", "没有找到相机"],
  ]) {
    const { page, context } = await world.open({ at: shown.at + 2000, launched });
    await openVerifier(page, "roadside");
    if (state === "absent") await context.grantPermissions(["camera"]);
    await page.getByRole("button", { name: "打开相机" }).click();
    await expect(page.locator("#scan")).toHaveAttribute("data-camera", state);
    await expect(page.getByRole("heading", { name: words })).toBeVisible();
    await handIn(page, pictures(shown.payload));
    expect((await verdict(page)).colour).toBe("green");
  }
});

test("the purpose is remembered, and says what a wallet will show", async ({ page }) => {
  await openVerifier(page, "rental");
  await expect(page.locator("#asked-list li")).toHaveCount(12);
  await choose(page, "age-only");
  await expect(page.locator("#asked-list li")).toHaveCount(2);
  await page.reload();
  await expect(page.locator('input[value="age-only"]')).toBeChecked();
});

test("the terms can be changed: a lorry is not covered by C1", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await verifier(world, shown);
  await page.locator("#terms > summary").click();
  await page.getByLabel("要驾驶的车辆").selectOption("lorry");
  await page.getByRole("button", { name: "完成" }).click();
  await handIn(page, pictures(shown.payload));
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "red", name: "林知夏" });
  expect(seen.headline).toContain("准驾车型不含");
  expect(seen.rows).toEqual(["pass", "pass", "pass", "pass", "fail"]);
  expect(seen.failed).toEqual(["class-not-covered"]);
});

test("who is on the screen is judged by changed terms, without another scan", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await verifier(world, shown);
  await page.setViewportSize({ width: 1280, height: 900 });
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).colour).toBe("green");
  await page.getByRole("button", { name: "是本人" }).click();
  await page.locator("#terms > summary").click();
  await page.getByLabel("要驾驶的车辆").selectOption("lorry");
  await expect(page.locator("#headline")).toContainText("准驾车型不含");
  expect((await verdict(page)).failed).toEqual(["class-not-covered"]);
  await page.getByLabel("要驾驶的车辆").selectOption("car");
  await expect(page.locator("#headline")).toHaveText("可以驾驶：小型汽车");
  await expect(page.getByRole("button", { name: "是本人" }), "the face was compared before").toHaveAttribute("aria-pressed", "true");

  // The same code is known by now; the way back leads to the last terms.
  await page.getByLabel("要驾驶的车辆").selectOption("lorry");
  await expect(page.locator("#headline")).toContainText("准驾车型不含");
  await next(page);
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).failed).toEqual(["seen"]);
  await page.locator("[data-slot=first]").click();
  await expect(page.locator("#headline")).toContainText("准驾车型不含");
});

test("at the roadside without a chosen vehicle: what may be driven; a vehicle is chosen in the verdict, on a phone", async ({ world, films }) => {
  const shown = await films({ person: "xu", purpose: "roadside", payload: true });
  const { page } = await verifier(world, shown);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator("#terms > summary")).toContainText("现在可以驾驶哪些车型");
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", headline: "可以驾驶：C2 小型自动挡汽车（不含手动挡）", failed: [] });
  await expect(page.locator("#purposes"), "the terms alone").toBeHidden();
  await page.getByRole("button", { name: "是本人" }).click();
  await page.locator("#terms > summary").click();
  await page.getByLabel("要驾驶的车辆").selectOption("car");
  await expect(page.locator("#headline")).toContainText("准驾车型不含");
  expect(await verdict(page)).toMatchObject({ colour: "red", failed: ["class-not-covered"] });
  await page.getByLabel("自动挡").check();
  await expect(page.locator("#headline")).toHaveText("可以驾驶：自动挡小型汽车");
  await page.getByRole("button", { name: "完成" }).click();
  expect((await verdict(page)).colour, "neither a replay nor stale").toBe("green");

  // The first result, opened again, is judged by the terms of now.
  await next(page);
  await page.locator("#terms > summary").click();
  await page.getByLabel("要驾驶的车辆").selectOption("");
  await page.getByRole("button", { name: "完成" }).click();
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).failed).toEqual(["seen"]);
  await page.locator("[data-slot=first]").click();
  await expect(page.locator("#headline")).toHaveText("可以驾驶：C2 小型自动挡汽车（不含手动挡）");
  await expect(page.getByRole("button", { name: "是本人" })).toHaveAttribute("aria-pressed", "true");
});

test("the dates of a rental are changed in its verdict, on a phone", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "rental", payload: true });
  const { page } = await verifier(world, shown, "rental");
  await page.setViewportSize({ width: 390, height: 844 });
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).colour).toBe("green");
  await page.locator("#terms > summary").click();
  await page.locator("#until").fill("2060-01-01");
  await page.locator("#until").dispatchEvent("change");
  await expect(page.locator("article.verdict")).toHaveAttribute("data-colour", "red");
  expect((await verdict(page)).failed).toEqual(["term-too-short"]);
});

test("after a green verdict the focus is on the question about the face, not on the way out", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await verifier(world, shown);
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).colour).toBe("green");
  await expect(page.locator("fieldset.face")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("article.verdict")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "是本人" })).toBeFocused();
});

test("too little was shown for the purpose: a doubt, and not green", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "age-only", payload: true });
  const { page } = await verifier(world, shown, "roadside");
  await handIn(page, pictures(shown.payload));
  expect((await verdict(page)).colour).not.toBe("green");
});

test("a portrait that shows nothing, or cannot be drawn, is not compared: amber, and another document is asked for", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  for (const fault of ["white", "undecodable"]) {
    const { page } = await world.open({ at: shown.at + 2000 });
    // As an authority does that signs an empty picture: the page gets another one in the place of the licence's.
    await page.addInitScript((fault) => {
      const make = URL.createObjectURL;
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [120, 174];
      const context = canvas.getContext("2d");
      context.fillStyle = "#fdfdfd";
      context.fillRect(0, 0, canvas.width, canvas.height);
      const bytes = Uint8Array.from(atob(canvas.toDataURL("image/jpeg", 0.8).split(",")[1]), (letter) => letter.charCodeAt(0));
      const picture = fault === "white" ? bytes : bytes.subarray(0, 30);
      URL.createObjectURL = (blob) => make.call(URL, blob.type === "image/jpeg" ? new Blob([picture], { type: "image/jpeg" }) : blob);
    }, fault);
    await openVerifier(page, "roadside");
    await handIn(page, pictures(shown.payload));
    await expect(page.locator('article.verdict[data-colour="amber"]')).toBeVisible();
    const { headline, name, portrait, text } = await verdict(page);
    expect({ headline, name, portrait }).toEqual({ headline: "照片上看不到人像，请查验其他带照片的证件", name: "林知夏", portrait: false });
    expect(text).toContain("照片上看不到人像");
    expect(text).not.toContain("是同一个人吗");
  }
});

test("a verdict follows the language, row for row, and next takes everything away", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await verifier(world, shown);
  await handIn(page, pictures(shown.payload));
  await verdict(page);
  const first = page.locator("details.layer").first();
  await first.locator("summary").click();
  await expect(first).toHaveAttribute("open", "");
  await page.getByRole("button", { name: /Switch to English/ }).first().click();
  await expect(page.locator("#headline")).toHaveText("May drive: C1, cars");
  await expect(first).toHaveAttribute("open", "");
  expect(await page.locator("article.verdict").innerText(), "no key without a text").not.toMatch(/\b(code|headline|summary|state)\.[a-z]/);
  await next(page);
  await expect(page.getByText("林知夏")).toHaveCount(0);
  await expect(page.locator("img[src^='blob:']")).toHaveCount(0);
});

test("a poisoned frame in between delays, and never deceives", { tag: "@T-frame-poisoned" }, async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await verifier(world, shown);
  const good = pictures(shown.payload);
  await handIn(page, [good[0], poisoned(shown.payload, 1), ...good.slice(2)]);
  await expect(status(page)).toContainText(/再读一帧|已读取/);
  await expect(page.locator("article.verdict")).toHaveCount(0);
  await handIn(page, good);
  expect((await verdict(page)).colour).toBe("green");
});

test("a payload film of a stranger's frames reads like a wallet's", async ({ world, films }) => {
  const shown = await films({ person: "wei", purpose: "roadside", payload: true });
  const folder = await filmFolder();
  try {
    const file = await write(shown.payload, folder);
    const { page } = await world.open({ at: shown.at + 2000, launched: { film: file } });
    await openVerifier(page, "roadside");
    await openCamera(page);
    const seen = await verdict(page);
    expect(seen).toMatchObject({ colour: "red", name: "韦一鸣" });
    expect(seen.failed).toContain("status-red");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("frames that never come are said, with a way out", async ({ world, films }) => {
  const shown = await films({ person: "wei", purpose: "roadside", payload: true });
  const folder = await filmFolder();
  try {
    const [lost, ...others] = pictures(shown.payload);
    expect(lost).toBeTruthy();
    const file = await slides([...others, ...others], folder);
    const { page } = await world.open({ at: shown.at + 2000, launched: { film: file } });
    await openVerifier(page, "roadside");
    await openCamera(page);
    const of = others.length + 1;
    await expect(page.locator("#status-text")).toContainText(`已读取 ${others.length} / ${of}，其余一直没有读到`, { timeout: 30_000 });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("on a phone the further ways and the lists are behind one button, on a desk they are in view", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openVerifier(page, "roadside");
  const [more, trust, paste] = ["#more-open", "#trust-open", "#paste"].map((id) => page.locator(id));
  await expect(trust).toBeHidden();
  await expect(paste).toBeHidden();
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(more).toHaveAttribute("aria-expanded", "true");
  await expect(trust).toBeVisible();
  await expect(paste).toBeVisible();
  await more.click();
  await expect(trust).toBeHidden();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(more).toBeHidden();
  await expect(trust).toBeVisible();
});
