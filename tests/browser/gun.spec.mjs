// A scanner gun: what it types into the field, however fast and whatever it ends with; and the wallet's codes for it.
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { expect, now, setClock, START, test } from "./support/fixtures.mjs";
import { decodeText } from "../optical/reader.mjs";
import { encodeText } from "./support/code.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { canvas, claim, pixels, present } from "./support/wallet.mjs";

const wasm = fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm"));
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm) }, fireImmediately: true });

const field = (page) => page.getByRole("textbox", { name: /扫码枪输入的数字|Digits from the gun/ });
const alert = (page) => page.locator("#typed-error");

/** A verifier whose field is open. */
async function withField(world, { at }) {
  const opened = await world.open({ at: at + 2000 });
  await openVerifier(opened.page, "age-only");
  await opened.page.getByRole("button", { name: "扫码枪" }).click();
  await expect(field(opened.page)).toBeFocused();
  return opened;
}

const ends = {
  "": [],
  CR: [{ key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" }],
  LF: [{ key: "j", code: "KeyJ", windowsVirtualKeyCode: 74, modifiers: 2 }],
  "CR LF": [{ key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" }, { key: "j", code: "KeyJ", windowsVirtualKeyCode: 74, modifiers: 2 }],
  Tab: [{ key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 }],
};

/** Types as a gun does: each key down and up, the next one without waiting for anything. */
async function shoot(page, digits, end = "CR") {
  const keys = [...digits].map((key) => ({ key, code: `Digit${key}`, windowsVirtualKeyCode: key.charCodeAt(0), text: key }));
  const gun = await page.context().newCDPSession(page);
  const sent = [...keys, ...ends[end]].flatMap(({ text, ...key }) => [
    gun.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", ...key, text, unmodifiedText: text }),
    gun.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }),
  ]);
  await Promise.all(sent);
  await gun.detach();
}

/** A text that needs few keys: what it carries is no presentation, and is refused as such, whole as it came. */
const nothing = deflateRawSync(Buffer.from("not a licence at all"));
const refused = async (page) => {
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "red", person: false });
  expect(seen.failed.join()).toMatch(/^(envelope|cbor|size)/);
};

const small = (films) => films({ person: "lin", purpose: "age-only", portrait: false, payload: true });

for (const end of Object.keys(ends)) {
  test(`every digit of a gun arrives, ${end ? `with ${end} at its end` : "with nothing at its end"}`, async ({ world }) => {
    const { page } = await withField(world, { at: START });
    await shoot(page, encodeText(nothing), end);
    await refused(page);
    // The end of its line presses no button of the verdict.
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.locator("article.verdict")).toBeVisible();
  });
}

test("a gun that shoots while a button has the focus reaches the field all the same", async ({ world }) => {
  const { page } = await withField(world, { at: START });
  await page.getByRole("button", { name: "关闭", exact: true }).focus();
  await shoot(page, encodeText(nothing));
  await refused(page);
});

test("digits that an input method made wide, or hands over all at once, are the same digits", async ({ world, films }) => {
  const shown = await small(films);
  const { page } = await withField(world, shown);
  const wide = encodeText(shown.payload).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  await page.keyboard.insertText(wide);
  expect((await verdict(page)).headline).toContain("18");
});

test("an input method that is composing keeps its Enter, and what it ends with is judged", async ({ world }) => {
  const { page } = await withField(world, { at: START });
  const digits = encodeText(nothing);
  const gun = await page.context().newCDPSession(page);
  await gun.send("Input.imeSetComposition", { text: digits.slice(0, 40), selectionStart: 40, selectionEnd: 40 });
  await gun.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "Enter", windowsVirtualKeyCode: 229 });
  await expect(alert(page)).toBeHidden();
  await gun.send("Input.insertText", { text: digits.slice(0, 40) });
  await page.keyboard.insertText(digits.slice(40));
  await refused(page);
});

test("a lost digit is told with the way out, the next shot takes its place, and it can be undone", async ({ world }) => {
  const { page } = await withField(world, { at: START });
  const digits = encodeText(nothing);
  const lost = digits.slice(0, 30) + digits.slice(31);
  await shoot(page, lost);
  await expect(alert(page)).toContainText("有字符丢失");
  await expect(alert(page)).toContainText("再扫一次");
  await expect(alert(page)).toContainText("text-short");
  await expect(field(page)).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#typed [data-slot=count]")).toHaveText(`已收到 ${lost.length} / ${digits.length} 个数字`);
  await expect(page.locator("article.verdict")).toHaveCount(0);
  // Emptied by hand, and brought back.
  await page.getByRole("button", { name: "清空" }).click();
  await expect(field(page)).toHaveValue("");
  await expect(alert(page)).toBeHidden();
  await page.getByRole("button", { name: "撤销清空" }).click();
  await expect(field(page)).toHaveValue(lost);
  // Shot again: it is judged again, stays selected, and a whole text replaces it.
  await field(page).press("Enter");
  await expect(alert(page)).toBeVisible();
  await shoot(page, digits);
  await refused(page);
});

test("digits that come after a pause go on where they were, and a second shot behind a cut one is found", async ({ world }) => {
  const { page } = await withField(world, { at: START });
  const digits = encodeText(nothing);
  await shoot(page, digits.slice(0, 50), "");
  // It was judged after a pause.
  await expect(alert(page)).toContainText("text-short");
  await expect(field(page)).toHaveValue(digits.slice(0, 50));
  await shoot(page, digits.slice(50, 60), "");
  await expect(field(page)).toHaveValue(digits.slice(0, 60));
  await shoot(page, digits, "");
  await refused(page);
});

test("other texts are named: another code, letters, a doubled shot, a changed digit", async ({ world }) => {
  const { page } = await withField(world, { at: START });
  const digits = encodeText(nothing);
  const changed = digits.slice(0, 30) + ((Number(digits[30]) + 1) % 10) + digits.slice(31);
  for (const [text, code] of [
    ["https://example.com/", "text-prefix"], ["6901234567892", "text-prefix"], [digits.slice(0, 40) + "é" + digits.slice(41), "text-character"],
    [digits + digits.slice(0, 4), "text-long"], [changed, "text-check"],
  ]) {
    await field(page).fill("");
    await page.keyboard.insertText(text);
    await field(page).press("Enter");
    await expect(alert(page)).toContainText(code);
  }
});

/** Digits on the numeric pad, as they come while Num Lock is off. */
const MOVES = ["Insert", "End", "ArrowDown", "PageDown", "ArrowLeft", "Clear", "ArrowRight", "Home", "ArrowUp", "PageUp"];
const VIRTUAL = [45, 35, 40, 34, 37, 12, 39, 36, 38, 33];

async function shootWithoutNumLock(page, digits, end = true) {
  const gun = await page.context().newCDPSession(page);
  const keys = [...digits].map((digit) => ({ key: MOVES[digit], code: `Numpad${digit}`, windowsVirtualKeyCode: VIRTUAL[digit], isKeypad: true }));
  const sent = [...keys, ...(end ? ends.CR : [])].flatMap(({ text, ...key }) => [
    gun.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", ...key, text, unmodifiedText: text }),
    gun.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }),
  ]);
  await Promise.all(sent);
  await gun.detach();
}

test("a gun that types while Num Lock is off is told so, with the panel open or closed, and the next shot is read", async ({ world }) => {
  const { page } = await withField(world, { at: START });
  await shootWithoutNumLock(page, "6901234567892");
  await expect(alert(page)).toContainText("Num Lock 没有打开");
  await expect(alert(page)).toContainText("按一下键盘上的 Num Lock 键");
  await expect(field(page), "what was told goes with the next digits").toHaveValue("");
  await shoot(page, encodeText(nothing));
  await refused(page);

  await page.keyboard.press("Escape");
  await openVerifier(page, "age-only");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await shootWithoutNumLock(page, encodeText(nothing));
  await expect(page.getByRole("dialog", { name: "用扫码枪读取" })).toBeVisible();
  await expect(alert(page)).toContainText("Num Lock 没有打开");
  await expect(page.locator('input[name="purpose"][value="age-only"]'), "an arrow chose no other purpose").toBeChecked();
  await expect(field(page)).toBeFocused();
  await shoot(page, encodeText(nothing));
  await refused(page);
});

test("a person who moves by the numeric pad hears nothing of Num Lock", async ({ page }) => {
  await openVerifier(page, "age-only");
  const hold = await page.context().newCDPSession(page);
  const down = { key: "ArrowDown", code: "Numpad2", windowsVirtualKeyCode: 40, isKeypad: true };
  await hold.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...down });
  for (let times = 0; times < 20; times++) await hold.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...down, autoRepeat: true });
  await hold.send("Input.dispatchKeyEvent", { type: "keyUp", ...down });
  await shootWithoutNumLock(page, "2284693");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "扫码枪" }).click();
  await expect(field(page)).toBeFocused();
  await expect(alert(page), "keys of before the panel was open").toBeHidden();
});

test("the field works by keyboard alone, and says what it is to a screen reader", async ({ page }) => {
  await openVerifier(page, "age-only");
  const open = page.getByRole("button", { name: "扫码枪" });
  await open.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "用扫码枪读取" })).toBeVisible();
  await expect(field(page)).toHaveAccessibleDescription(/扫码枪码/);
  await shoot(page, "76010003", "CR");
  await expect(page.getByRole("alert").filter({ hasText: "text-short" })).toBeVisible();
  await expect(field(page)).toHaveAccessibleDescription(/有字符丢失/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(open, "back where the person was").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field(page), "nothing of it is kept").toHaveValue("");
});

/** From a wallet's code on the screen: a picture file of it. */
async function photographed(page) {
  const { rgba, width, height } = await pixels(page);
  return { luma: Buffer.from(rgba, "base64").filter((_, at) => at % 4 === 0), width, height };
}

test("the wallet's still code is photographed, and the picture handed in", async ({ page, context, world }) => {
  await claim(page, "lin");
  await present(page, "age-only", { portrait: false });
  const still = page.getByRole("button", { name: "静止单码" });
  await still.click();
  await expect(still).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("单个静止的二维码")).toBeVisible();
  const picture = await canvas(page).screenshot();
  const { page: verifier } = await world.open({ at: now(context) + 1000 });
  await openVerifier(verifier, "age-only");
  await handIn(verifier, [picture]);
  expect((await verdict(verifier)).headline).toContain("18");
  await still.click();
  await expect(still, "and back to pictures that change").toHaveAttribute("aria-pressed", "false");
});

test("the wallet's code of digits is shot by a gun", async ({ page, context, world }) => {
  // Thousands of keys, one by one.
  await claim(page, "lin");
  await present(page, "age-only", { portrait: false });
  await page.getByRole("button", { name: "扫码枪码" }).click();
  const at = now(context);
  await expect(page.getByText("给扫码枪用的数字码")).toBeVisible();
  const { luma, width, height } = await photographed(page);
  const rgba = new Uint8ClampedArray(luma.length * 4);
  luma.forEach((grey, at) => rgba.set([grey, grey, grey, 255], at * 4));
  const [code] = await readBarcodes({ data: rgba, width, height, colorSpace: "srgb" }, { formats: ["QRCode"], tryHarder: true });
  expect(code.text).toMatch(/^7601\d+$/);
  expect(decodeText(code.text).length).toBeGreaterThan(500);
  const { page: verifier } = await world.open({ at });
  await openVerifier(verifier, "age-only");
  await verifier.getByRole("button", { name: "扫码枪" }).click();
  await expect(field(verifier)).toBeFocused();
  await shoot(verifier, code.text.slice(0, -1), "");
  // However long this machine took for the keys: to the verifier it is as long as a gun takes.
  await setClock(verifier.context(), at + 3000);
  await shoot(verifier, code.text.slice(-1));
  expect((await verdict(verifier)).headline).toContain("18");
});

test("a licence with its portrait is too much for one code: the wallet offers one without", async ({ page }) => {
  await claim(page, "lin");
  await present(page, "roadside");
  await expect(page.locator('[data-slot="still"]')).toContainText("没有：照片");
  await page.getByRole("button", { name: "扫码枪码" }).click();
  await expect(page.locator('[data-slot="shows"]')).not.toContainText("照片");
});
