// The challenge: the verifier asks by a code, the wallet answers by a code, and nothing but that answer is taken.
import path from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { copyFile, rm } from "node:fs/promises";
import { advance, expect, START, test } from "./support/fixtures.mjs";
import { pictures, png, symbol } from "./support/code.mjs";
import { ask, consent, handInQuestion, questionCode, scanQuestion, walletBefore } from "./support/challenge.mjs";
import { filmFolder, write } from "./support/film.mjs";
import { choose, handIn, next, openVerifier, verdict } from "./support/verifier.mjs";
import { claim, screen } from "./support/wallet.mjs";

/** A wallet with a licence and no camera in use. */
async function holder(world, person = "lin", options = {}) {
  const wallet = await world.open({ at: START, viewport: { width: 700, height: 900 }, ...options });
  await claim(wallet.page, person);
  return wallet.page;
}

test("the whole conversation by two films: asked, consented, answered, fresh", async ({ world }) => {
  const folder = await filmFolder();
  const film = path.join(folder, "answer.y4m");
  const verifier = await world.open({ at: START, launched: { film } });
  await openVerifier(verifier.page, "rental");
  await verifier.context.grantPermissions(["camera"]);
  const question = await ask(verifier.page);
  // The camera has nothing to film yet: that it cannot be opened is said, and the question stays.
  await expect(verifier.page.locator("#camera-start")).toBeVisible();

  const wallet = await walletBefore(world, question, { at: START });
  await scanQuestion(wallet.page);
  await expect(screen(wallet.page, "consent")).toBeVisible();
  const ticks = wallet.page.locator(".ticks input");
  await expect(ticks).toHaveCount(12);
  expect(await ticks.evaluateAll((all) => all.some((tick) => tick.checked)), "nothing is ticked beforehand").toBe(false);
  await expect(wallet.page.locator('[data-screen="consent"]')).toContainText("租车");
  await expect(wallet.page.locator('[data-slot="requester"].pass'), "the demo's reader signed").toContainText("演示核验方 DEMO");
  const answer = await consent(wallet.page);
  await copyFile(await write(answer, folder), film);

  await verifier.page.getByRole("button", { name: "打开相机" }).click();
  const seen = await verdict(verifier.page);
  expect(seen).toMatchObject({ colour: "green", name: "林知夏", portrait: true, failed: [] });
  expect(seen.rows).toEqual(["pass", "pass", "pass", "pass", "pass"]);
  expect(seen.codes[1]).toContain("fresh-by-answer");
  expect(seen.text).toContain("已回答");
  expect(seen.text, "a relay cannot be ruled out here either").toContain("转播");
  await wallet.end();
  await rm(folder, { recursive: true });
});

test("only what is ticked leaves the wallet, and what is missing is a doubt", { tag: "@T-over-asking" }, async ({ world }) => {
  const { page } = await world.open({ at: START });
  await openVerifier(page, "rental");
  const wallet = await holder(world);
  await handInQuestion(wallet, await ask(page));
  const answer = await consent(wallet, ["age_over_18", "portrait_small"]);
  await handIn(page, pictures(answer));
  const seen = await verdict(page);
  expect(seen.colour).toBe("amber");
  expect(seen.failed).toContain("element-missing");
  expect(seen.text).not.toContain("林知夏");
  await wallet.getByRole("button", { name: "关闭" }).click();
  await wallet.getByRole("button", { name: /记录|出示记录/ }).click();
  await expect(screen(wallet, "history")).toContainText("回答提问");
  // The one showing of which the wallet knows to whom: the name in the certificate, who vouches for it, and for what.
  await expect(screen(wallet, "history")).toContainText(/提问方：.*演示核验方.*证明。.*用途：.*租车/);
  // And what was asked for and not given, before and after a reload.
  const refused = wallet.locator('[data-screen="history"] [data-slot="refused"]');
  for (const reloaded of [false, true]) {
    if (reloaded) {
      await wallet.reload();
      await wallet.getByRole("button", { name: /记录/ }).click();
    }
    await expect(refused).toContainText(/没有给出：.*准驾车型/);
    await expect(refused).not.toContainText("18 岁");
  }
});

test("an empty consent answers nothing, and refusing leads home", async ({ world }) => {
  const { page } = await world.open({ at: START });
  await openVerifier(page, "age-only");
  const wallet = await holder(world);
  await handInQuestion(wallet, await ask(page));
  await expect(screen(wallet, "consent")).toBeVisible();
  await wallet.getByRole("button", { name: "出示回答" }).click();
  await expect(wallet.locator("[data-problem=consent-empty]")).toBeVisible();
  await wallet.getByRole("button", { name: "不回答" }).click();
  await expect(screen(wallet, "home")).toBeVisible();
});

test("an old answer, and one to another verifier, are refused; so is a code that answers nothing", { tag: "@T-old-answer" }, async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "age-only", payload: true });
  const { page } = await world.open({ at: shown.at + 1000 });
  await openVerifier(page, "age-only");
  const wallet = await holder(world);
  await handInQuestion(wallet, await ask(page));
  const answer = await consent(wallet);
  await handIn(page, pictures(answer));
  expect(await verdict(page)).toMatchObject({ colour: "green", headline: "已满 18 岁" });

  // The next question: the old answer is to another one.
  await next(page);
  await expect(questionCode(page)).toBeVisible();
  await handIn(page, pictures(answer));
  expect(await verdict(page)).toMatchObject({ colour: "red", failed: ["answer-other-request"], person: false });

  // The answer to another verifier's question is refused.
  const other = await world.open({ at: START });
  await openVerifier(other.page, "age-only");
  const elsewhere = await holder(world, "zhao");
  await handInQuestion(elsewhere, await ask(other.page));
  await next(page);
  await handIn(page, pictures(await consent(elsewhere)));
  expect(await verdict(page)).toMatchObject({ colour: "red", failed: ["answer-other-request"], person: false });

  // A rotating code proves nothing about this question.
  await next(page);
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "red", failed: ["envelope-kind"], person: false });

  // Without a question it is what it was.
  await next(page);
  await page.getByRole("button", { name: "结束提问" }).click();
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green" });
  await next(page);
  await handIn(page, pictures(answer));
  expect(await verdict(page), "an answer without a question").toMatchObject({ colour: "red", failed: ["answer-other-request"] });
});

test("a wallet that looks for a question says so of other codes and files, and its refusals are in view", async ({ world }) => {
  const { page } = await world.open({ at: START });
  await openVerifier(page, "rental");
  const question = await ask(page);
  const wallet = await holder(world, "lin", { viewport: { width: 320, height: 568 } });
  await wallet.getByRole("button", { name: "回答提问" }).click();
  await expect(screen(wallet, "question")).toBeVisible();
  const said = wallet.locator("#status-text");
  await handIn(wallet, [png(symbol(Buffer.from("https://example.com/")))]);
  await expect(said).toHaveText("这不是提问二维码");
  await wallet.locator("#files").setInputFiles({ name: "a.webm", mimeType: "video/webm", buffer: Buffer.from("a video") });
  await expect(said).toContainText("不支持这种文件");
  await expect(said).not.toContainText("视频");
  await handIn(wallet, pictures(question));
  await expect(screen(wallet, "consent")).toBeVisible();
  await wallet.getByRole("button", { name: "出示回答" }).click();
  const notice = screen(wallet, "consent").getByRole("alert");
  await expect(notice).toBeInViewport({ ratio: 1 });
  const covered = await notice.evaluate((notice) => {
    const box = notice.getBoundingClientRect();
    return !notice.contains(document.elementFromPoint(box.left + box.width / 2, box.bottom - 4));
  });
  expect(covered, "behind the buttons").toBe(false);
});

test("an answer that is judged by changed terms stays the answer", async ({ world }) => {
  const { page } = await world.open({ at: START, viewport: { width: 1280, height: 900 } });
  await openVerifier(page, "roadside");
  const wallet = await holder(world);
  await handInQuestion(wallet, await ask(page));
  await handIn(page, pictures(await consent(wallet)));
  expect((await verdict(page)).colour).toBe("green");
  await page.locator("#terms > summary").click();
  await page.getByLabel("要驾驶的车辆").selectOption("lorry");
  await expect(page.locator("#headline")).toContainText("准驾车型不含");
  expect((await verdict(page)).failed).toEqual(["class-not-covered"]);
});

test("a question that ended is not answered, and a late answer is not taken", async ({ world }) => {
  const { page } = await world.open({ at: START });
  await openVerifier(page, "age-only");
  const wallet = await holder(world);
  const question = await ask(page);
  await handInQuestion(wallet, question);
  const answer = await consent(wallet);
  await advance(page.context(), 301);
  await handIn(page, pictures(answer));
  expect((await verdict(page)).failed.join()).toMatch(/answer-(late|other-request)/);
});

test("another purpose asks another question", async ({ world }) => {
  const { page } = await world.open({ at: START });
  await openVerifier(page, "age-only");
  const wallet = await holder(world);
  await ask(page);
  await choose(page, "insurance");
  await handInQuestion(wallet, await ask(page));
  await expect(wallet.locator(".ticks input")).toHaveCount(10);
});

test("a signed question that was changed on the way is refused, and never taken for an unsigned one", async ({ world }) => {
  const { page } = await world.open({ at: START });
  await openVerifier(page, "age-only");
  const question = inflateRawSync(await ask(page));
  const wallet = await holder(world);
  // One element more than the verifier asked for, of the same length.
  const changed = Buffer.from(question);
  const at = changed.indexOf("age_over_18");
  expect(at).toBeGreaterThan(0);
  changed.write("age_over_21", at);
  await handInQuestion(wallet, deflateRawSync(changed));
  await expect(wallet.locator("[data-problem=challenge-signature]")).toBeVisible();
  await expect(screen(wallet, "consent")).toHaveCount(0);
});

/** The payload of an unsigned question with this query of a licence. */
async function unsigned(query, { others = [], sets } = {}) {
  const key = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", key.publicKey);
  const uri = "https://desk.example/verify/";
  const request = {
    response_type: "vp_token",
    response_mode: "org.liangzheng.qr.jwt",
    client_id: `redirect_uri:${uri}`,
    response_uri: uri,
    nonce: Buffer.alloc(16, 7).toString("base64url"),
    dcql_query: { credentials: [{ id: "licence", format: "mso_mdoc", meta: { doctype_value: "org.iso.18013.5.1.mDL" }, ...query }, ...others], ...(sets && { credential_sets: sets }) },
    client_metadata: { jwks: { keys: [{ kty, crv, x, y, kid: "1", use: "enc", alg: "ECDH-ES" }] }, encrypted_response_enc_values_supported: ["A128GCM"],
      vp_formats_supported: { mso_mdoc: { issuerauth_alg_values: [-7], deviceauth_alg_values: [-7] } } },
  };
  const text = Buffer.from(JSON.stringify(request));
  return deflateRawSync(Buffer.concat([Buffer.from([0x82, 2, 0x79, text.length >> 8, text.length & 255]), text]));
}

test("a question that this licence cannot answer has no button to answer it, and says why", async ({ world }) => {
  const wallet = await holder(world);
  const iso = (name) => ({ id: name, path: ["org.iso.18013.5.1", name], intent_to_retain: false });
  await handInQuestion(wallet, await unsigned({
    claims: [iso("birth_date"), iso("height"), iso("weight")],
    claim_sets: [["birth_date", "height"], ["birth_date", "weight"]],
  }));
  const consentScreen = screen(wallet, "consent");
  const answer = consentScreen.getByRole("button", { name: "出示回答" });
  await expect(answer).toBeDisabled();
  await expect(answer).toHaveAccessibleDescription(/没有对方要求的全部资料/);
  await expect(consentScreen.getByText("没有对方要求的全部资料")).toBeVisible();
  await expect(consentScreen.locator('[data-slot="missing"]')).toBeVisible();
  await consentScreen.getByRole("button", { name: "不回答" }).click();
  await expect(screen(wallet, "home")).toBeVisible();
});

test("what is asked of a document of another format is named as not answered, and the licence answers the rest", async ({ world }) => {
  const wallet = await holder(world);
  const paper = { id: "pid", format: "dc+sd-jwt", meta: { vct_values: ["urn:eudi:pid:1"] }, claims: [{ path: ["birthdate"] }] };
  const query = { claims: [{ path: ["org.iso.18013.5.1", "age_over_18"], intent_to_retain: false }] };
  await handInQuestion(wallet, await unsigned(query, { others: [paper], sets: [{ options: [["licence"], ["pid"]] }] }));
  const consentScreen = screen(wallet, "consent");
  const said = consentScreen.getByText(/urn:eudi:pid:1.*dc\+sd-jwt.*这一项不回答/);
  await expect(said).toBeVisible();
  await expect(consentScreen.locator('[data-element="age_over_18"]')).toBeVisible();
  await expect(consentScreen.getByRole("button", { name: "出示回答" })).toBeEnabled();
});

test("who is not signed for is shown as not verified, with what it calls itself", { tag: "@T-over-asking" }, async ({ world }) => {
  const wallet = await holder(world);
  await handInQuestion(wallet, await unsigned({
    claims: [{ path: ["org.iso.18013.5.1", "birth_date"], intent_to_retain: true }, { path: ["org.iso.18013.5.1", "height"], intent_to_retain: false }],
  }));
  const consentScreen = screen(wallet, "consent");
  await expect(consentScreen.locator('[data-slot="requester"].review')).toContainText("desk.example");
  await expect(consentScreen).toContainText("没有说明用途");
  await expect(consentScreen.locator('[data-element="birth_date"]')).toContainText("对方会保存");
  await expect(consentScreen.locator('[data-element="height"]'), "what the licence has not cannot be ticked").toHaveCount(0);
  await expect(consentScreen.locator('[data-slot="missing"]')).toBeVisible();
});

test("a licence code is not a question", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "age-only", payload: true });
  const wallet = await holder(world);
  await handInQuestion(wallet, shown.payload);
  await expect(wallet.locator("[data-problem=not-a-question]")).toBeVisible();
});

test("a question that is handed in together with a licence code is found", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "age-only", payload: true });
  const { page } = await world.open({ at: START });
  await openVerifier(page, "age-only");
  const question = await ask(page);
  const wallet = await holder(world);
  await wallet.getByRole("button", { name: "回答提问" }).click();
  await expect(screen(wallet, "question")).toBeVisible();
  await handIn(wallet, [...pictures(shown.payload), ...pictures(question)]);
  await expect(screen(wallet, "consent")).toBeVisible();
});
