// <licence-check> on a partner's page with a strict policy: every way in, every verdict, and what leaves it.
import { CASE, START, expect, test } from "./support/desk.mjs";
import { encodeText } from "../browser/support/code.mjs";

test("accept: a licence by pictures, and a face that a person compared", async ({ desk, firm }) => {
  const { check, verdict, hand, heard, live } = await desk();
  await hand(firm.pictures(firm.payload("lin")));
  await expect(verdict).toHaveText(/需人工确认.*请比对照片/);
  await expect(live).toHaveText(/请比对照片/);
  await expect(check.getByRole("img", { name: "持证人照片" })).toBeVisible();
  await check.getByRole("button", { name: "是", exact: true }).click();
  await expect(verdict).toHaveText(/通过.*真实有效/);
  await expect(verdict).toHaveClass(/accept/);
  await expect(live).toHaveText(/^通过：真实有效/);
  await expect(check.getByRole("button", { name: "是", exact: true })).toBeFocused();
  await expect(check.locator(".facts")).toContainText("2032年5月12日");
  await expect(check.locator(".facts")).not.toContainText("出生");
  await expect(check.locator(".demo")).toHaveText("演示");
  const said = await heard();
  expect(said.filter((one) => one.startsWith("decision"))).toEqual(["decision review", "decision accept"]);
  expect(said).toContain("progress receiving");
});

test("refuse: the sentence, the reason and what to do", async ({ desk, firm }) => {
  const { check, verdict, hand } = await desk({ lang: "en" });
  await hand(firm.pictures(firm.payload("gao")));
  await expect(verdict).toHaveText(/Refused.*Suspended \(D\): must not drive/);
  const reason = check.locator(".reason.refuse");
  await expect(reason).toContainText("The status is not accepted");
  await expect(reason).toContainText("What to do: The holder must settle it with the issuing office.");
  await expect(reason.locator("code")).toHaveText("status-refused-by-list");
  await check.getByText("All checks (11)").click();
  await expect(check.locator(".line.pass").first()).toContainText("Real and unaltered");
  await expect(check.locator(".line.fail")).toContainText("Status");
});

test("review: the same person, and a name that is another one than that of the booking", async ({ desk, firm }) => {
  const { check, verdict, hand } = await desk({ policy: "rental-car", given: { ...CASE, name: "王大力", number_end: "002X" } });
  await hand(firm.pictures(firm.payload("lin", "rental-car")));
  await check.locator("#face-same").click();
  await expect(verdict).toHaveText(/需人工确认.*姓名与订单不一致/);
  await expect(check.locator(".reason.review")).toContainText("请核对订单上的姓名");
});

test("undetermined: a status that is too old is a doubt with a way out", async ({ page, desk, firm }) => {
  const later = new Date(START.getTime() + 30 * 3600 * 1000);
  await page.clock.setFixedTime(later);
  const { check, verdict, hand } = await desk({ lang: "en" });
  await hand(firm.pictures(firm.payload("lin", "desk", later)));
  await check.locator("#face-same").click();
  await expect(verdict).toHaveClass(/review/);
  await expect(check.locator(".reason.review code")).toHaveText(["status-old"]);
});

for (const [answer, outcome, code] of [["not-sure", "review", "face-not-sure"], ["different", "refuse", "face-differs"]]) {
  test(`the face: ${answer}`, async ({ desk, firm }) => {
    const { check, verdict, hand, heard } = await desk();
    await hand(firm.pictures(firm.payload("lin")));
    await check.locator(`#face-${answer}`).click();
    await expect(verdict).toHaveClass(new RegExp(outcome));
    await expect(check.locator(".reason code")).toHaveText([code]);
    await expect(check.locator(`#face-${answer}`)).toHaveAttribute("aria-pressed", "true");
    expect((await heard()).at(-1)).toBe(`decision ${outcome}`);
  });
}

test("a code that is old asks to be shown again, and Next forgets everything", async ({ page, desk, firm }) => {
  const { check, verdict, hand } = await desk({ attributes: "name=licence" });
  await hand(firm.pictures(firm.payload("lin", "desk", new Date(START.getTime() - 3600_000))));
  await expect(verdict).toHaveText(/二维码已过期/);
  await check.getByRole("button", { name: "重新扫描" }).click();
  await expect(check.getByRole("button", { name: "打开相机" })).toBeFocused();
  await expect(verdict).toHaveCount(0);
  expect(await page.evaluate(() => {
    const one = document.querySelector("licence-check");
    return [one.decision, one.presentation, one.validity.valueMissing];
  })).toEqual([undefined, undefined, true]);
});

test("the same code twice is seen", async ({ desk, firm }) => {
  const { check, verdict, hand } = await desk();
  const pictures = firm.pictures(firm.payload("lin"));
  await hand(pictures);
  await expect(verdict).toBeVisible();
  await check.locator("#next").click();
  await hand(pictures);
  await expect(verdict).toHaveText(/已扫过此码|刚刚已扫过/);
});

/** Hands something in as a paste or a drop does. */
const transfer = (page, kind, { files = [], text } = {}, selector = "licence-check") =>
  page.evaluate(
    ({ kind, files, text, selector }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type: mimeType }));
      }
      if (text) data.setData("text/plain", text);
      const options = { bubbles: true, composed: true, cancelable: true };
      const event = kind === "paste" ? new ClipboardEvent(kind, { ...options, clipboardData: data }) : new DragEvent(kind, { ...options, dataTransfer: data });
      document.querySelector(selector).dispatchEvent(event);
      return event.defaultPrevented;
    },
    { kind, text, selector, files: files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString("base64") })) },
  );

test("pictures and text are pasted", async ({ page, desk, firm }) => {
  const { check, verdict } = await desk();
  await transfer(page, "paste", { files: firm.pictures(firm.payload("lin")) });
  await expect(verdict).toHaveClass(/review/);
  await check.locator("#next").click();
  await transfer(page, "paste", { text: Buffer.from(firm.payload("gao")).toString("base64url") }, "body");
  await expect(verdict).toHaveClass(/refuse/);
});

test("the Paste button reads the clipboard, and says what to do where it may not", async ({ page, context, desk, firm }) => {
  const { check, verdict, trouble } = await desk();
  await context.grantPermissions([]);
  await check.getByRole("button", { name: "粘贴" }).click();
  await expect(trouble).toContainText("浏览器不让本页读取剪贴板");
  await expect(trouble).toContainText("Ctrl+V");
  await expect(trouble).toBeFocused();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), Buffer.from(firm.payload("gao")).toString("base64"));
  await check.getByRole("button", { name: "粘贴" }).click();
  await expect(verdict).toHaveClass(/refuse/);
});

test("what belongs to a field of the page is left to it", async ({ page, desk }) => {
  const { check } = await desk({ around: (tag) => `<input id="own" aria-label="own">${tag}` });
  await page.locator("#own").focus();
  expect(await transfer(page, "paste", { text: "hello" }, "#own")).toBe(false);
  await page.keyboard.type("76010000");
  await expect(page.locator("#own")).toHaveValue("76010000");
  await expect(check.locator(".progress")).toHaveCount(0);
});

test("pictures are dropped", async ({ page, desk, firm }) => {
  const { check, verdict } = await desk();
  expect(await transfer(page, "dragover")).toBe(true);
  await expect(check.locator(".base")).toHaveClass(/over/);
  expect(await transfer(page, "drop", { files: firm.pictures(firm.payload("lin")) })).toBe(true);
  await expect(verdict).toBeVisible();
  await expect(check.locator(".base")).not.toHaveClass(/over/);
});

test("parts of a moving code: what is missing is asked for, and completes it", async ({ desk, firm }) => {
  const { check, verdict, hand } = await desk({ lang: "en" });
  const pictures = firm.pictures(firm.payload("lin"));
  await hand(pictures.slice(0, 1));
  await expect(check.locator(".progress")).toHaveText(/1 of \d+ parts read\. Add the other pictures/);
  await hand(pictures.slice(1));
  await expect(verdict).toBeVisible();
});

test("pictures of another code, handed in right before, cost none of those that follow", async ({ page, desk, firm }) => {
  // A machine so quick that no time passes between them.
  await page.addInitScript(() => (performance.now = () => 1000));
  const { check, verdict, hand } = await desk();
  await hand(firm.pictures(firm.payload("gao"), 1));
  await expect(check.locator(".progress")).toBeVisible();
  await hand(firm.pictures(firm.payload("lin")));
  await expect(verdict).toHaveText(/请比对照片/);
});

const wrong = {
  "a picture without a code": [({ blank }) => [blank], "picture-nothing", "图片里没有找到二维码"],
  "a picture that is none": [() => [{ name: "a.png", mimeType: "image/png", buffer: Buffer.from("no picture") }], "picture-unreadable", "图片打不开"],
  "a code of something else": [({ other }) => [other], "not-a-licence", "这不是驾驶证二维码"],
  "a text of something else": [() => [{ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("hello") }], "not-a-licence", "这不是驾驶证二维码"],
  "bytes of something else": [() => [{ name: "a.cbor", mimeType: "", buffer: Buffer.alloc(500, 0xa1) }], "not-a-licence", "这不是驾驶证二维码"],
};
for (const [name, [files, code, words]] of Object.entries(wrong)) {
  test(`${name} is no verdict, and has a way out`, async ({ desk, firm }) => {
    const { check, trouble, verdict, hand, heard, live } = await desk();
    await hand(files(firm));
    await expect(trouble.locator(".what")).toHaveText(words);
    await expect(trouble.locator("code")).toHaveText(code);
    await expect(live).toHaveText(words);
    await expect(trouble).toBeFocused();
    await expect(verdict).toHaveCount(0);
    expect(await heard()).toContain(`error ${code}`);
    expect((await heard()).filter((one) => one.startsWith("decision"))).toEqual([]);
    await hand(firm.pictures(firm.payload("lin")));
    await expect(verdict).toBeVisible();
    await expect(check.locator("#trouble")).toHaveCount(0);
  });
}

test("declining is an outcome and no error", async ({ desk }) => {
  const { check, heard } = await desk();
  await check.getByRole("button", { name: "不出示驾驶证" }).click();
  await expect(check.getByRole("heading", { name: "没有出示驾驶证" })).toBeFocused();
  expect(await heard()).toEqual(["cancel"]);
  await check.getByRole("button", { name: "重新开始" }).click();
  await expect(check.getByRole("button", { name: "打开相机" })).toBeFocused();
});

test("the page hands in bytes itself, and keeps its focus", async ({ page, desk, firm }) => {
  const { verdict, call } = await desk({ around: (tag) => `<button id="own">own</button>${tag}` });
  await page.locator("#own").focus();
  expect(await call(firm.payload("gao"))).toBe("refuse");
  await expect(verdict).toHaveClass(/refuse/);
  await expect(page.locator("#own")).toBeFocused();
});

test("another case decides again about the same presentation", async ({ page, desk, firm }) => {
  const { verdict, hand, heard } = await desk({ lang: "en" });
  await hand(firm.pictures(firm.payload("lin")));
  await expect(verdict).toHaveClass(/review/);
  await page.evaluate((given) => (document.querySelector("licence-check").case = given), { ...CASE, vehicle: "lorry" });
  await expect(verdict).toHaveText(/Refused.*lorry/);
  expect((await heard()).at(-1)).toBe("decision refuse");
});

test("a file that cannot be had, a policy that is none and a page that sets nothing are said, with another try", async ({ page, firm, guarded }) => {
  guarded.expect(/404/);
  const broken = {
    "source-unreachable": 'policy="/none.json" trust="/trust.der"',
    "policy-json": 'policy="/trust.der" trust="/trust.der"',
    "verifier-missing": 'policy="/desk.json"',
  };
  for (const [code, attributes] of Object.entries(broken)) {
    await page.goto(firm.site.page(`<licence-check ${attributes}></licence-check>`));
    await expect(page.locator("#trouble code")).toContainText(code);
    await expect(page.getByRole("button", { name: "重试" })).toBeVisible();
    expect(await page.evaluate(() => globalThis.heard)).toEqual([`error ${code}`]);
  }
  const check = page.locator("licence-check");
  await check.evaluate((one) => one.setAttribute("trust", "/trust.der"));
  await page.getByRole("button", { name: "重试" }).click();
  await check.locator("#files").setInputFiles(firm.pictures(firm.payload("lin")));
  await expect(check.locator(".verdict")).toBeVisible();
});

test("a verifier of the page is taken, also one that was set before the element is registered", async ({ page, firm }) => {
  await page.goto(firm.site.page("<p>later</p>"));
  const outcome = await page.evaluate(async (bytes) => {
    const { Verifier } = await import("/pkg/dist/index.js");
    const { LicenceCheck } = await import("/pkg/dist/element/index.js");
    const own = document.createElement("own-check");
    own.case = { vehicle: "car", from: "2026-11-23", until: "2026-11-25" };
    own.verifier = await Verifier.create({ policy: "/desk.json", trust: "/trust.der", status: "/status.cwt" });
    document.body.append(own);
    customElements.define("own-check", class extends LicenceCheck {});
    return (await own.check(Uint8Array.from(bytes))).deciding.map(({ code }) => code);
  }, [...firm.payload("lin")]);
  expect(outcome).toEqual(["face-not-compared"]);
});

test("the language follows the page, and what is on the screen stays", async ({ page, desk, firm }) => {
  const { check, verdict, hand } = await desk();
  await hand(firm.pictures(firm.payload("gao")));
  await check.locator("#face-not-sure").click();
  await check.locator("#all").click();
  await expect(verdict).toHaveText(/不通过/);
  await page.evaluate(() => (document.documentElement.lang = "en"));
  await expect(verdict).toHaveText(/Refused.*Suspended/);
  await expect(check.getByRole("button", { name: "Not sure" })).toHaveAttribute("aria-pressed", "true");
  await expect(check.locator(".checks")).toHaveAttribute("open");
  await check.evaluate((one) => (one.lang = "zh-CN"));
  await expect(verdict).toHaveText(/不通过/);
});

/** Types as a gun does, wherever the focus is; returns whether the key at the end was kept from the page. */
const shoot = (page, digits, end = "Enter") =>
  page.evaluate(
    ({ digits, end }) => {
      const press = (key) => {
        const event = new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true });
        document.activeElement.dispatchEvent(event);
        return event.defaultPrevented;
      };
      for (const digit of digits) press(digit);
      return end ? press(end) : false;
    },
    { digits, end },
  );

const GUN = { policy: "gun", given: {} };

/** Waits until the reader is there; the first digits of a gun load it. */
const ready = async (page, check) => {
  await shoot(page, "7601", "");
  await expect(check.locator("#digits")).toBeVisible();
  await shoot(page, "x", "");
};

for (const end of ["Enter", "Tab", ""]) {
  test(`a scanner gun that ends with ${end || "nothing"}, typed anywhere`, async ({ page, desk, firm }) => {
    const { check, verdict, heard } = await desk({ ...GUN, around: (tag) => `<button id="own">own</button>${tag}` });
    await page.locator("#own").focus();
    await ready(page, check);
    const kept = await shoot(page, encodeText(Buffer.from(firm.payload("lin", "gun"))), end);
    expect(kept, "the gun's Enter would press the button").toBe(end !== "");
    await expect(verdict).toBeVisible();
    expect((await heard()).filter((one) => !one.startsWith("decision"))).toEqual([]);
  });
}

test("a gun that types while Num Lock is off is told so, and the next shot is read", async ({ page, desk, firm }) => {
  const { verdict, trouble } = await desk(GUN);
  const moves = ["Insert", "End", "ArrowDown", "PageDown", "ArrowLeft", "Clear", "ArrowRight", "Home", "ArrowUp", "PageUp"];
  const digits = encodeText(Buffer.from(firm.payload("lin", "gun")));
  const move = (digits) => page.evaluate((keys) => {
    for (const [key, code] of keys) document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, composed: true }));
  }, [...digits].map((digit) => [moves[digit], `Numpad${digit}`]));
  await move("7604567");
  await expect(trouble, "a person who moves about").toHaveCount(0);
  await move(digits.slice(0, 40));
  await expect(trouble.locator("code")).toHaveText("num-lock");
  await expect(trouble).toContainText("Num Lock");
  await shoot(page, digits);
  await expect(verdict).toBeVisible();
});

test("the first shot of a gun loads the reader, and is read", async ({ page, desk, firm }) => {
  const { verdict } = await desk(GUN);
  await shoot(page, encodeText(Buffer.from(firm.payload("lin", "gun"))));
  await expect(verdict).toBeVisible();
});

test("digits of a gun that were lost or changed are said, and the next ones are read", async ({ page, desk, firm }) => {
  const { check, verdict, trouble } = await desk(GUN);
  const digits = encodeText(Buffer.from(firm.payload("lin", "gun")));
  await shoot(page, digits.slice(0, 400), "");
  await expect(check.locator(".progress")).toHaveText(`扫码枪：已收到 400 / ${digits.length} 个数字`);
  await shoot(page, "");
  await expect(trouble.locator("code")).toHaveText("text-short");
  const changed = digits.slice(0, 50) + ((Number(digits[50]) + 1) % 10) + digits.slice(51);
  await shoot(page, changed);
  await expect(trouble.locator("code")).toHaveText("text-check");
  // A shot that lost its end, and another one behind it.
  await shoot(page, digits.slice(0, 100), "");
  await shoot(page, digits);
  await expect(verdict).toBeVisible();
});
