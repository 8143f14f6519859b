// The seven purposes: the tiles of the wallet, the holder's ticks at a counter, and what the verifier makes of them.
import { expect, START, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { ask, handInQuestion } from "./support/challenge.mjs";
import { payloadOf } from "./support/film.mjs";
import { speak } from "./support/shots.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { choosePurpose, claim, openWallet, present, screen } from "./support/wallet.mjs";

const PURPOSES = ["roadside", "rental", "insurance", "age-only", "freight", "passenger", "counter"];
const WORDS = {
  "zh-CN": ["执法检查", "租车", "投保", "仅证明年龄", "货运", "客运", "交管业务"],
  en: ["Roadside", "Rental", "Insurance", "Age only", "Freight", "Passenger transport", "Counter"],
};

for (const [language, words] of Object.entries(WORDS)) {
  test(`seven tiles, ${language}`, async ({ world }) => {
    const { page } = await world.open({ at: START, locale: language });
    await claim(page, "lin");
    await page.locator("#show").click();
    await expect(screen(page, "purpose")).toBeVisible();
    const tiles = page.locator("label.tile");
    expect(await tiles.evaluateAll((all) => all.map((tile) => tile.dataset.purpose))).toEqual(PURPOSES);
    expect(await tiles.locator('[data-slot="title"]').allTextContents()).toEqual(words);
    for (const about of await tiles.locator('[data-slot="about"]').allTextContents()) expect(about).not.toBe("");
  });
}

test("at a counter the holder ticks; nothing is ticked beforehand, and what is left out is no fault", async ({ world }) => {
  const wallet = (await world.open({ at: START })).page;
  await claim(wallet, "lin");
  await choosePurpose(wallet, "counter");
  const ticks = wallet.locator(".ticks input");
  expect(await ticks.count()).toBeGreaterThan(30);
  expect(await ticks.evaluateAll((all) => all.some((tick) => tick.checked))).toBe(false);
  await wallet.getByRole("button", { name: "出示二维码" }).click();
  await expect(wallet.locator("[data-problem=consent-empty]")).toBeVisible();
  for (const name of ["portrait_small", "family_name_national_character", "given_name_national_character", "status_letters",
    "expiry_date", "long_term"]) {
    await wallet.locator(`.ticks [data-element="${name}"] input`).check();
  }
  await expect(wallet.locator('[data-slot="elements"] [data-element]')).toHaveCount(6);
  await wallet.getByRole("button", { name: "出示二维码" }).click();
  await expect(screen(wallet, "present")).toBeVisible();
  const payload = await payloadOf(wallet);
  const { page } = await world.open({ at: START });
  await openVerifier(page, "counter");
  await handIn(page, pictures(payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", headline: "驾驶证真实、有效、状态正常", failed: [] });
});

test("a name that was not shown is said where one is asked for, in both languages", async ({ world }) => {
  const wallet = (await world.open({ at: START })).page;
  await claim(wallet, "lin");
  await choosePurpose(wallet, "counter");
  for (const name of ["portrait_small", "document_number", "status_letters", "expiry_date"]) {
    await wallet.locator(`.ticks [data-element="${name}"] input`).check();
  }
  await wallet.getByRole("button", { name: "出示二维码" }).click();
  await expect(screen(wallet, "present")).toBeVisible();
  const payload = await payloadOf(wallet);
  const { page } = await world.open({ at: START });
  await openVerifier(page, "counter");
  await handIn(page, pictures(payload));
  expect(await verdict(page)).toMatchObject({ name: null, person: true });
  const said = page.locator('article.verdict [data-slot="no-name"]');
  await expect(said).toHaveText("未出示姓名");
  await speak(page, "en");
  await expect(said).toHaveText("No name shown");
  await openWallet(wallet);
  await present(wallet, "age-only");
  const age = await payloadOf(wallet);
  await openVerifier(page, "age-only");
  await handIn(page, pictures(age));
  await verdict(page);
  await expect(said, "no name is asked for").toBeHidden();
});

test("freight wants the class of a lorry, and a question names one set for each kind of licence", async ({ world }) => {
  const { page } = await world.open({ at: START });
  await openVerifier(page, "freight");
  await expect(page.locator("#terms > summary")).toContainText("大型货车");
  const wallet = (await world.open({ at: START })).page;
  await claim(wallet, "lin");
  await handInQuestion(wallet, await ask(page));
  await expect(screen(wallet, "consent")).toBeVisible();
  await expect(wallet.locator(".ticks input"), "the set of a Chinese licence").toHaveCount(17);
  await expect(wallet.locator('[data-screen="consent"]')).toContainText("货运");
});

const SHORT = { roadside: "执法检查", rental: "租车", insurance: "投保", "age-only": "仅证明年龄" };
const PAIRS = Object.keys(SHORT).flatMap((shown) => Object.keys(SHORT).filter((asked) => asked !== shown).map((asked) => [shown, asked]));

for (const [shown, asked] of PAIRS) {
  test(`shown for ${shown} where ${asked} is asked: one sentence, and what is known below`, async ({ world, films }) => {
    const film = await films({ person: "lin", purpose: shown, payload: true });
    const { page } = await world.open({ at: film.at + 2000, viewport: { width: 390, height: 844 } });
    await openVerifier(page, asked);
    await expect(page.locator("#ask-for"), "the verifier says what to ask for").toHaveText(`请对方选“${SHORT[asked]}”`);
    await handIn(page, pictures(film.payload));
    const seen = await verdict(page);
    expect(seen).toMatchObject({ colour: "amber", headline: `对方出示的是“${SHORT[shown]}”，请对方改选“${SHORT[asked]}”再出示` });
    expect(seen.failed).toContain("purpose-other");
    expect(seen.failed).not.toContain("element-missing");
    expect(seen.failed, "computed, where a date of birth was shown").not.toContain(shown === "roadside" ? "age-unknown" : "none");
    expect(seen.person).toBe(true);
    await expect(page.locator('[data-slot="word"]').first()).toHaveText("需重扫");
    await page.getByRole("button", { name: "重新扫描" }).click();
    await expect(page.locator("article.verdict")).toHaveCount(0);
  });
}
