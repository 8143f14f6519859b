// Licences of other countries, identity documents and proofs of age, as a person at a desk sees them.
import { expect, test } from "./support/fixtures.mjs";
import { handFile, plain, shown, vector, verifierFor } from "./support/abroad.mjs";
import { speak } from "./support/shots.mjs";
import { openVerifier, verdict } from "./support/verifier.mjs";

const country = (page) => page.locator('article.verdict [data-slot="country"]');
const row = (page, index) => page.locator("details.layer").nth(index);

test("a licence of Europe for a rented car is green, with its categories in words and nothing Chinese", async ({ world }) => {
  const page = await shown(world, "abroad-rental", "germany");
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "green", name: "Mustermann, Erika", failed: [], portrait: true });
  expect(seen.headline).toContain("驾龄 16 年");
  expect(plain(seen.classes.join("\n"))).toMatch(/^B 汽车，3.5 吨以下 · 驾龄 16 年 · 01 须矫正视力$/m);
  await expect(country(page)).toHaveText(/^德国 Germany/);
  for (const chinese of ["实习期", "累积记分", "准驾车型"]) expect(seen.text).not.toContain(chinese);
  // Which way of reading was chosen is said.
  expect(seen.text).toContain("按国际标准（ISO/IEC 18013-5）驾驶证读取");
  // An issuer without a status: not asked, with the reason.
  expect(seen.rows[3]).toBe("not-asked");
  await row(page, 3).locator("summary").click();
  await expect(row(page, 3)).toContainText("签发机关不公布状态");
  await speak(page, "en");
  expect(plain((await verdict(page)).classes.join("\n"))).toMatch(/^B car up to 3.5 t · held 16 y · 01 eyesight correction$/m);
  await expect(country(page)).toHaveText(/^Germany 德国/);
});

test("names in another script stand first, those in Latin letters below them", async ({ world }) => {
  const page = await shown(world, "abroad-roadside", "korea");
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "김테스트" });
  await expect(page.locator('[data-slot="latin"]')).toHaveText("Mustermann, Erika");
  await expect(country(page)).toHaveText(/^韩国 South Korea/);
});

test("a class of a state is for a person to judge, with the description that the state signed", async ({ world }) => {
  const page = await shown(world, "abroad-state-class", "united-states");
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", failed: ["state-class"] });
  expect(plain(seen.classes.join("\n"))).toContain("D Operator");
  expect(plain(seen.classes.join("\n"))).toContain("A Corrective lenses");
  await expect(country(page)).toHaveText(/^美国 United States/);
  expect(plain(await country(page).textContent())).toContain("US-UT");
});

test("a proof of age says an age, and has no portrait to miss", async ({ world }) => {
  const page = await shown(world, "abroad-eu-age", "germany");
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "green", name: null, portrait: false, failed: [] });
  expect(seen.about).toContain("18");
  await expect(page.locator('[data-slot="no-portrait"]')).toBeHidden();
});

test("an identity document is genuine, and not a licence", async ({ world }) => {
  const page = await shown(world, "abroad-pid-rental", "germany");
  expect(await verdict(page)).toMatchObject({ colour: "red", headline: "证件真实，但不是驾驶证", failed: ["genuine-not-licence"] });
});

test("a photo ID proves an age", async ({ world }) => {
  const page = await shown(world, "abroad-photo-id-age", "germany");
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "Mustermann, Erika", portrait: true });
});

test("a portrait that browsers cannot draw is called that", async ({ world }) => {
  const page = await shown(world, "portrait-jpeg-2000", "germany");
  expect(await verdict(page)).toMatchObject({ colour: "amber", portrait: false, failed: ["portrait-not-drawn"] });
  await expect(page.locator('[data-slot="no-portrait"]')).toContainText("JPEG 2000");
});

test("a licence that expires today abroad is said to", async ({ world }) => {
  const page = await shown(world, "abroad-expires-today", "united-states");
  const seen = await verdict(page);
  expect(seen.colour).toBe("green");
  expect(plain(seen.text)).toContain("有效期的最后一天");
});

test("a document that is handed over as a file is judged, who presents it is not known, and nothing of it is shown", async ({ world }) => {
  const file = await vector("response-without-session");
  const page = await verifierFor(world, file, "test-authority");
  await handFile(page, file);
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", person: false });
  expect(seen.failed).toContain("device-unchecked");
});

test("what the issuer signed, handed over as a file, is judged in the same way", async ({ world }) => {
  const file = await vector("issuer-data");
  const page = await verifierFor(world, file, "test-authority");
  await handFile(page, file);
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", person: false });
  expect(seen.failed).toContain("device-unchecked");
});

test("CBOR of another kind is named, and is no verdict", async ({ page }) => {
  await openVerifier(page, "roadside");
  await handFile(page, { bytes: Buffer.from("a1616101", "hex") });
  await expect(page.locator("#status-text")).toContainText("这是别的 CBOR 数据，不是出示。");
  await expect(page.locator("article.verdict")).toHaveCount(0);
});

test("a class of a state that the operator knows decides; it is remembered, and can be removed", async ({ world }) => {
  const page = await shown(world, "abroad-state-class", "united-states");
  expect(await verdict(page)).toMatchObject({ colour: "amber", failed: ["state-class"] });
  await page.locator("#terms > summary").click();
  await page.locator("details.classes > summary").click();
  const [state, code, add, said] = ["#class-state", "#class-code", "#class-add", "#class-said"].map((id) => page.locator(id));
  await state.fill("Utah");
  await code.fill("D");
  await add.click();
  await expect(said).toContainText("没有添加");
  await expect(state).toBeFocused();
  await state.fill("us-ut");
  await add.click();
  expect(plain(await said.textContent())).toMatch(/^已添加：US-UT 的 D 级：/);
  await expect(page.locator("article.verdict")).toHaveAttribute("data-colour", "green");
  await page.reload();
  await page.locator("#terms > summary").click();
  await page.locator("details.classes > summary").click();
  const known = page.locator("#known-classes").getByRole("listitem");
  await expect(known).toHaveCount(1);
  await known.getByRole("button", { name: /^移除 US-UT/ }).click();
  await expect(known).toHaveCount(0);
  await expect(state).toBeFocused();
});

test("a needed status makes a document without one amber; it is remembered with the time zone", async ({ world }) => {
  const page = await shown(world, "abroad-rental", "germany");
  expect(await verdict(page)).toMatchObject({ colour: "green" });
  await page.locator("#terms > summary").click();
  await page.locator("#status-needed").check();
  await expect(page.locator("article.verdict")).toHaveAttribute("data-colour", "amber");
  await page.locator("#zone").selectOption("UTC+01:00");
  await page.reload();
  await page.locator("#terms > summary").click();
  await expect(page.locator("#status-needed")).toBeChecked();
  await expect(page.locator("#zone")).toHaveValue("3600");
  await page.locator("#terms-default").click();
  await expect(page.locator("#status-needed")).not.toBeChecked();
  await expect(page.locator("#zone")).toHaveValue("28800");
});
