// The steps of a claim: who is typed, what is found, and that a reload or a killed tab at any of them loses nothing and
// makes nothing twice.
import path from "node:path";
import { expect, START, setClock, test } from "./support/fixtures.mjs";
import { find, openWallet, reviewer, screen } from "./support/wallet.mjs";

const drawing = path.resolve(import.meta.dirname, "../../www/demo/portraits/tang.jpg");

/** A 证号 with its check character, computed from GB 11643 alone. */
export function numbered(first17) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((sum, weight, place) => sum + weight * Number(first17[place]), 0);
  return first17 + "10X98765432"[sum % 11];
}

// The demo drivers on the day on which tests begin.
const LIN = numbered("99010119940803002");
const HE = numbered("99010120001030017");
const QIN = numbered("99010119850707025");

const number = (page) => page.getByLabel("证号");
const name = (page) => page.getByLabel("姓名");
const next = (page) => page.getByRole("button", { name: "下一步", exact: true });
const button = (page, name) => page.getByRole("button", { name });

async function start(page) {
  await openWallet(page);
  await button(page, "开始领取").click();
  await expect(screen(page, "people")).toBeVisible();
}

async function logIn(page, typedNumber, typedName) {
  await number(page).fill(typedNumber);
  await name(page).fill(typedName);
  await next(page).click();
}

test("number and name are taken however they are typed", async ({ page }) => {
  await start(page);
  const full = (text) => text.replace(/[0-9A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
  for (const [typedNumber, typedName] of [
    [LIN, "林知夏"],
    [LIN.replace(/(.{6})(.{8})/, "$1 $2 "), " 林 知夏 "],
    [full(LIN), "Lin Zhixia"],
    [LIN.toLowerCase(), "lin zhixia"],
  ]) {
    await logIn(page, typedNumber, typedName);
    await expect(screen(page, "found")).toContainText("林知夏");
    await button(page, "不是我").click();
    await expect(number(page)).toHaveValue(typedNumber);
    await expect(name(page)).toHaveValue(typedName);
  }
  expect([LIN, HE, QIN].some((number) => /x/i.test(number)), "one of them ends with X").toBe(true);
});

test("an X is taken small, large and full-width", async ({ page }) => {
  await start(page);
  const [own, named] = [[LIN, "林知夏"], [HE, "何沐阳"], [QIN, "秦朗"]].find(([number]) => number.endsWith("X"));
  for (const typed of [own, own.toLowerCase(), own.replace("X", "ｘ"), own.replace("X", "Ｘ")]) {
    await logIn(page, typed, named);
    await expect(screen(page, "found")).toContainText(named);
    await button(page, "返回").click();
  }
});

test("a mistyped digit is named as that, by the rule of GB 11643, and the field keeps the focus", async ({ page }) => {
  await start(page);
  const wrong = LIN.slice(0, 9) + ((Number(LIN[9]) + 1) % 10) + LIN.slice(10);
  await logIn(page, wrong, "林知夏");
  const error = page.locator("#who-number-error");
  await expect(error).toContainText("输错");
  await expect(error).toContainText("GB 11643");
  await expect(error).toContainText("与您是谁无关");
  await expect(number(page)).toBeFocused();
  await expect(number(page)).toHaveAttribute("aria-invalid", "true");
  await expect(screen(page, "people")).toBeVisible();
  // While it is mended the check character is said.
  await number(page).fill(LIN.slice(0, 17));
  await expect(error).toBeHidden();
  await expect(page.locator("#who-number-hint")).toContainText(`最后一位应当是 ${LIN[17]}`);
  await number(page).fill(LIN);
  await expect(page.locator("#who-number-hint")).toContainText("校验位正确");
  await next(page).click();
  await expect(screen(page, "found")).toBeVisible();
});

for (const [what, typed, named, field, words] of [
  ["nothing at all", "", "", "number", "请输入证号"],
  ["a number without a name", LIN, "", "name", "请输入姓名"],
  ["too few digits", LIN.slice(0, 16), "林知夏", "number", "输入了 16 位"],
  ["letters among the digits", `${LIN.slice(0, 8)}O${LIN.slice(9)}`, "林知夏", "number", "别的字符"],
  ["a passport number", "E12345678", "林知夏", "number", "护照号码"],
  ["a day that does not exist", numbered("99010119940230002"), "林知夏", "number", "出生日期不存在"],
  ["a number that nobody has", numbered("99010119940803998"), "林知夏", "number", "没有这个证号"],
  ["another name", LIN, "林知秋", "name", "姓名与它对不上"],
]) {
  test(`what is wrong with who is typed is said beside its field: ${what}`, async ({ page }) => {
    await start(page);
    await logIn(page, typed, named);
    const error = page.locator(`#who-${field}-error`);
    await expect(error).toContainText(words);
    await expect(page.locator(`#who-${field}`)).toBeFocused();
    await page.locator("[data-language]").first().click();
    await expect(error).toBeVisible();
    await expect(error, "in the other language too").not.toContainText(words);
  });
}

test("what is on file is shown before anything is claimed, and what bars a claim with whom to ask", async ({ page }) => {
  await start(page);
  await logIn(page, LIN, "林知夏");
  for (const words of ["林知夏", "9901 •••• •••• ••", "C1", "A 正常", "亮证市公安局交通警察支队", "全国有效"]) {
    await expect(screen(page, "found")).toContainText(words);
  }
  await expect(screen(page, "found"), "no number in full").not.toContainText(LIN.slice(6, 14));
  await button(page, "返回").click();
  await logIn(page, QIN, "秦朗");
  const refused = page.getByRole("alert");
  for (const words of ["L 锁定", "不能申领", "青禾市公安局交通警察支队"]) await expect(refused).toContainText(words);
  await expect(next(page)).toBeHidden();
});

test("an office whose day has not come says the day, and that where a licence is shown never matters", async ({ world }) => {
  const { page } = await world.open({ at: Date.parse("2021-09-15T04:00:00Z") });
  await openWallet(page);
  await find(page, "lin");
  const refused = page.getByRole("alert");
  for (const words of ["2021年12月10日", "发证机关所在地决定", "在哪里出示从来没有限制", "全国有效"]) await expect(refused).toContainText(words);
});

/** The steps of a claim: its screen, what must be there on it, and how it is left. */
const typedIn = async (page, typedNumber, typedName) => {
  await expect(number(page)).toHaveValue(typedNumber);
  await expect(name(page)).toHaveValue(typedName);
};
const usePhoto = async (page) => {
  await page.locator('input[type="file"]').setInputFiles(drawing);
  await expect(screen(page, "crop")).toBeVisible();
  await button(page, "用这张照片").click();
};
const answer = (name) => async (page) => {
  await reviewer(page);
  await page.getByRole("button", { name, exact: true }).click();
};
const begins = (typedNumber, typedName) => [
  { at: "welcome", act: (page) => button(page, "开始领取").click() },
  { at: "people", act: async (page) => { await number(page).fill(typedNumber); await name(page).fill(typedName); await stored(page, typedName); } },
  { at: "people", there: (page) => typedIn(page, typedNumber, typedName), act: (page) => next(page).click() },
  { at: "found", there: (page) => expect(screen(page, "found")).toContainText(typedName), act: (page) => next(page).click() },
];
const submits = (title) => ({
  at: "confirm",
  there: async (page) => {
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    expect(await page.locator('[data-screen="confirm"] img').evaluate(async (image) => (await image.decode(), image.naturalWidth))).toBe(520);
  },
  act: (page) => button(page, "提交审核").click(),
});
const WALKS = {
  "with a photo on file": [
    ...begins(LIN, "林知夏"),
    { at: "on-file", act: (page) => button(page, "是我，下一步").click() },
    { at: "confirm", there: (page) => expect(screen(page, "confirm")).toContainText("林知夏"), act: (page) => button(page, "确认并领取").click() },
    { at: "home", there: (page) => expect(screen(page, "home")).toContainText("林知夏") },
  ],
  "with a photo that is rejected twice": [
    ...begins(HE, "何沐阳"),
    { at: "photo", act: usePhoto },
    submits("提交这张照片？"),
    { at: "review", act: answer("退回") },
    { at: "photo", there: (page) => expect(page.getByText("已被退回 1 次")).toBeVisible(), act: usePhoto },
    submits("提交这张照片？"),
    { at: "review", act: answer("退回") },
    { at: "photo", there: (page) => expect(page.getByText("已被退回 2 次")).toBeVisible(), act: usePhoto },
    submits("提交这张照片？"),
    { at: "review", act: answer("通过") },
    { at: "home", there: (page) => expect(screen(page, "home")).toContainText("何沐阳") },
  ],
};

/** Waits until the last thing that was typed is stored. */
const stored = (page, typed) => expect.poll(() => held(page).then(({ typed }) => typed)).toBe(typed);

/** What is in the wallet's database: how many licences, applications and keys, and the name that was typed. */
const held = (page) => page.evaluate(async () => {
  const settled = (request) => new Promise((done, fail) => ((request.onsuccess = () => done(request.result)), (request.onerror = fail)));
  const database = await settled(indexedDB.open("liangzheng"));
  const all = [];
  for (const name of database.objectStoreNames) {
    const store = () => database.transaction(name).objectStore(name);
    const [keys, values] = [await settled(store().getAllKeys()), await settled(store().getAll())];
    keys.forEach((key, at) => all.push({ name, key, value: values[at] }));
  }
  database.close();
  const publicKeys = new Set(all.map(({ value }) => value.publicKey?.join()).filter(Boolean));
  return {
    licences: all.filter(({ value }) => value.credential).length,
    applications: all.filter(({ value }) => value.application).length,
    keys: publicKeys.size,
    typed: all.find(({ key }) => key === "who")?.value.name,
  };
});

const INTERRUPTIONS = {
  "a reload": async (page) => {
    await page.reload();
    return page;
  },
  "a killed tab": async (page, guarded) => {
    guarded.expect(/the page crashed/);
    const context = page.context();
    const gone = page.waitForEvent("crash");
    const session = await context.newCDPSession(page);
    session.send("Page.crash").catch(() => {});
    await gone;
    await page.close();
    const again = await context.newPage();
    await openWallet(again);
    return again;
  },
};

for (const [way, interrupt] of Object.entries(INTERRUPTIONS)) {
  for (const [walk, steps] of Object.entries(WALKS)) {
    test(`${way} at each step of a claim ${walk}: nothing is lost, and nothing is there twice`, { tag: "@T-torn-write" }, async ({ page: first, guarded }) => {
      let page = first;
      await openWallet(page);
      for (const { at, there, act } of steps) {
        for (const interrupted of [false, true]) {
          if (interrupted) page = await interrupt(page, guarded);
          await expect(screen(page, at), `${at}${interrupted ? `, after ${way}` : ""}`).toBeVisible();
          await there?.(page);
          const { licences, applications, keys } = await held(page);
          expect(licences).toBe(at === "home" ? 1 : 0);
          expect(applications).toBe(["welcome", "people", "found", "home"].includes(at) ? 0 : 1);
          expect(keys, "no second device key").toBeLessThanOrEqual(1);
        }
        await act?.(page);
      }
      const [licence] = await page.evaluate(async () => {
        const open = indexedDB.open("liangzheng");
        const database = await new Promise((done) => (open.onsuccess = () => done(open.result)));
        const request = database.transaction("licence").objectStore("licence").getAll();
        const all = await new Promise((done) => (request.onsuccess = () => done(request.result)));
        database.close();
        return all.map(({ generation }) => ({ generation }));
      });
      expect(licence.generation, "issued once").toBe(1);
    });
  }
}

test("a claim that was begun yesterday goes on today", async ({ page, context }) => {
  await start(page);
  await number(page).fill(LIN);
  await name(page).fill("林知夏");
  await stored(page, "林知夏");
  await setClock(context, START + 86_400_000);
  await openWallet(page);
  await typedIn(page, LIN, "林知夏");
  await next(page).click();
  await expect(screen(page, "found")).toContainText("林知夏");
});
