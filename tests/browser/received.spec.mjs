// What people have: a presentation in whatever it was copied, saved or sent in; and what is no presentation, named.
import { expect, START, test } from "./support/fixtures.mjs";
import { handFile, vector, verifierFor } from "./support/abroad.mjs";
import { png, symbol } from "./support/code.mjs";
import { give, handIn, next, openVerifier, verdict } from "./support/verifier.mjs";
import { speak } from "./support/shots.mjs";

const status = (page) => page.locator("#status-text");
const file = (name, content) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
const hand = (page, name, content) => page.locator("#files").setInputFiles(file(name, content));

/** Pastes text on the page, or into a field. */
const paste = (page, text, at = "body") => page.evaluate(({ text, at }) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(at).dispatchEvent(event);
}, { text, at });

/** Drops text on the page. */
const dropText = (page, text) => page.evaluate((text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}, text);

/** The values of the question to which `response-in-session` answers. */
const OPENID4VP = {
  client_id: "x509_san_dns:verifier.example",
  nonce: "a nonce",
  response_uri: "https://verifier.example/response",
};

const UNKNOWN_PRESENTER = { colour: "amber", headline: "签发数据真实，但无法确认由谁出示", person: false };

test("a presentation is unwrapped from whatever its file is written in", async ({ world }) => {
  const document = await vector("response-without-session");
  const page = await verifierFor(world, document, "test-authority");
  const { bytes } = document;
  const tag24 = Buffer.concat([Buffer.from([0xd8, 0x18, 0x59, bytes.length >> 8, bytes.length & 255]), bytes]);
  for (const [name, content] of [
    ["answer.b64", bytes.toString("base64")],
    ["answer.txt", `\ufeff${bytes.toString("base64url")}\r\n`],
    ["answer", `0x${bytes.toString("hex").toUpperCase()}`],
    ["answer.hex", bytes.toString("hex").match(/../g).join(":")],
    ["answer.json", JSON.stringify({ vp_token: { licence: [bytes.toString("base64url")] }, state: "a" })],
    ["buffer.json", JSON.stringify(bytes)],
    ["uri.txt", `data:application/cbor;base64,${bytes.toString("base64")}`],
    ["tagged.cbor", tag24],
    ["utf16.txt", Buffer.from(`\ufeff${bytes.toString("hex")}`, "utf16le")],
  ]) {
    await hand(page, name, content);
    expect(await verdict(page), name).toMatchObject(UNKNOWN_PRESENTER);
    await next(page);
  }
});

test("pasted and dropped text is judged, also what is pasted into the field for digits", async ({ world }) => {
  const document = await vector("response-without-session");
  const page = await verifierFor(world, document, "test-authority");
  const text = document.bytes.toString("base64");
  await paste(page, text);
  expect(await verdict(page)).toMatchObject(UNKNOWN_PRESENTER);
  await next(page);
  await dropText(page, JSON.stringify({ vp_token: text }));
  expect(await verdict(page)).toMatchObject(UNKNOWN_PRESENTER);
  await next(page);
  await page.locator("#typed-open").click();
  await paste(page, text, "#typed-text");
  expect(await verdict(page)).toMatchObject(UNKNOWN_PRESENTER);
  await expect(page.locator("#typed")).toBeHidden();
});

test("the payload of a code is judged as one, whatever it is written in", async ({ world }) => {
  const document = await vector("abroad-roadside");
  const page = await verifierFor(world, document, "korea");
  await paste(page, document.bytes.toString("base64url"));
  expect((await verdict(page)).colour).toBe("green");
});

const OTHERS = [
  ["mdoc:owBjMS4wAYIB2BhYS6QBAiAB", "mdoc:", "Bluetooth"],
  ["openid4vp://?client_id=verifier&request_uri=https%3A%2F%2Fexample.org", "OpenID4VP", "with the wallet"],
  ["HC1:6BFOXN%TSMAHN-H", "健康证明", "health certificate"],
  ["https://example.org/licence", "网址", "web address"],
  ["wxp://f2f0abc", "付款码", "payment code"],
  ["eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl", "JWT", "JWT"],
  ["eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl~WyJhIl0~", "SD-JWT", "SD-JWT"],
  ["eyJhbGciOiJFQ0RILUVTIn0..aXY.Y2lwaGVy.dGFn", "加密的回答", "encrypted answer"],
  ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "证书", "certificate"],
  ['{"error":"access_denied"}', "JSON", "JSON"],
  ["See you at noon.", "一段文字", "a text"],
];

test("text that is no presentation is named, says what to do, and is no refused licence", async ({ page }) => {
  await openVerifier(page, "rental");
  for (const [text, zh, en] of OTHERS) {
    await paste(page, text);
    await expect(status(page), text).toContainText(zh);
    await speak(page, "en");
    await expect(status(page), text).toContainText(en);
    await speak(page, "zh-CN");
    await expect(page.locator("article.verdict"), text).toHaveCount(0);
  }
  // The page still reads.
  await paste(page, "");
  await expect(status(page)).toContainText("剪贴板里没有图片，也没有文字");
});

test("files that are no presentation are named by what is in them", async ({ page }) => {
  await openVerifier(page, "rental");
  for (const [name, content, words] of [
    ["a.pdf", "%PDF-1.7\n%\xe2\xe3", "PDF"],
    ["a.zip", Buffer.from("504b0304140000000800", "hex"), "压缩"],
    ["a.cbor", "", "空的"],
    ["a.json", '{"hello": [1, 2, 3.5]}', "JSON"],
    ["a.bin", Buffer.alloc(64, 0xfe), "不支持这种文件"],
    ["a.txt", "no picture", "一段文字"],
  ]) {
    await hand(page, name, content);
    await expect(status(page), name).toContainText(words);
    await expect(page.locator("article.verdict"), name).toHaveCount(0);
  }
});

test("what else was handed in is judged all the same, and what is no presentation is named beside it", async ({ world }) => {
  const document = await vector("response-without-session");
  const page = await verifierFor(world, document, "test-authority");
  const good = file("answer.txt", document.bytes.toString("base64"));
  const other = file("offer.txt", "openid-credential-offer://?credential_offer=a");
  await give(page, "drop", [other, good]);
  expect(await verdict(page)).toMatchObject(UNKNOWN_PRESENTER);
  await expect(page.locator("#next-lacking")).toContainText("领取证件");
  await next(page);
  await give(page, "drop", [good, other, good]);
  expect(await verdict(page)).toMatchObject(UNKNOWN_PRESENTER);
  await page.getByRole("button", { name: "下一位" }).click();
  // The second document follows; the other file was named before it, or is beside it.
  expect(await verdict(page)).toMatchObject(UNKNOWN_PRESENTER);
  await next(page);
});

test("a code of another system is named, in a picture", async ({ page }) => {
  await openVerifier(page, "roadside");
  for (const [text, words] of OTHERS.slice(0, 5)) {
    await handIn(page, [png(symbol(Buffer.from(text)))]);
    await expect(status(page), text).toContainText(words);
  }
  await handIn(page, [png(symbol(Buffer.from("hello")))]);
  await expect(status(page)).toContainText("这不是驾驶证二维码");
  await expect(page.locator("article.verdict")).toHaveCount(0);
});

test("while a question is asked a document is no answer to it, and never green", async ({ world }) => {
  const document = await vector("response-without-session");
  const page = await verifierFor(world, document, "test-authority");
  await page.locator("#ask-open").click();
  await handFile(page, document);
  expect(await verdict(page)).toMatchObject({ colour: "amber", person: false });
});

test("with the values of its session a document of another system is judged whole, and with others nobody is accused", async ({ world }) => {
  const document = await vector("response-in-session");
  const page = await verifierFor(world, document, "test-authority");
  await handFile(page, document);
  expect(await verdict(page)).toMatchObject(UNKNOWN_PRESENTER);
  await expect(page.locator("article.verdict")).toContainText("填在“会话数值”里");
  const panel = page.locator("#session");
  await panel.locator("summary").click();
  const kind = page.getByLabel("提问方式");
  await expect(panel.locator("[data-for]:visible")).toHaveCount(0);
  await kind.selectOption("openid4vp");
  await expect(panel.locator("[data-for]:visible")).toHaveCount(4);
  await expect(panel).toContainText("还没有填完");
  await kind.selectOption("transcript");
  const transcript = page.getByLabel("SessionTranscript");
  await transcript.fill("83f6");
  await expect(panel).toContainText("SessionTranscript 读不懂");
  await transcript.fill(document.given.transcript);
  await expect(panel).toContainText("已填好");
  // The verdict on the screen is judged again.
  await expect(page.locator('article.verdict [data-slot="person"]')).toBeVisible();
  const seen = await verdict(page);
  // Only its status is old: there is no list.
  expect(seen).toMatchObject({ portrait: true, failed: ["status-old"] });
  expect(seen.codes[1]).toContain("fresh-by-session");
  // Another session's.
  const other = document.given.transcript.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
  await transcript.fill(Buffer.from(other, "hex").toString("base64"));
  await expect(page.locator("article.verdict")).toContainText("device-signature");
  const unfit = await verdict(page);
  expect(unfit.failed).toContain("device-signature");
  expect(unfit.text).not.toMatch(/不可信任|可疑/);
  await panel.getByRole("button", { name: "清除" }).click();
  await expect(page.locator("article.verdict")).toContainText("无法确认由谁出示");
  expect(await verdict(page)).toMatchObject(UNKNOWN_PRESENTER);
});

test("session values of OpenID4VP, as the request had them", async ({ world }) => {
  const document = await vector("response-in-session");
  const page = await verifierFor(world, document, "test-authority");
  await page.locator("#session summary").click();
  await page.getByLabel("提问方式").selectOption("dc-api");
  await page.getByLabel("origin").fill("https://example.org/path");
  await page.getByLabel("nonce").fill("n");
  await expect(page.locator("#session")).toContainText("来源的写法不对");
  await page.getByLabel("提问方式").selectOption("openid4vp");
  for (const [name, value] of Object.entries(OPENID4VP)) await page.getByLabel(name, { exact: true }).fill(value);
  await expect(page.locator("#session")).toContainText("已填好");
  await page.getByLabel(/jwkThumbprint/).fill("abc");
  await expect(page.locator("#session")).toContainText("指纹长度不对");
  await page.getByLabel(/jwkThumbprint/).fill("");
  await handFile(page, document);
  expect((await verdict(page)).codes[1]).toContain("fresh-by-session");
});
