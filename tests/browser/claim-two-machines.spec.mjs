// A claim between two people on two machines: a wallet in one browser, the authority's desk in another. What passes between
// them is files, and in the last test light alone: each films the other's screen.
import { readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { advance, expect, START, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { choosePhoto, drawing, handedIn, problem, toAnswer, toOffer } from "./support/counterpart.mjs";
import { openDesk, ready, steps } from "./support/desk.mjs";
import { filmFolder, payloadOf, record, slides } from "./support/film.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { claim, openWallet, present, screen, toConfirm } from "./support/wallet.mjs";

const DAY = 86_400;
const size = { viewport: { width: 700, height: 900 } };
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** What a button hands out as a file. */
async function saved(page, control) {
  const [download] = await Promise.all([page.waitForEvent("download"), control.click()]);
  return { name: download.suggestedFilename(), mimeType: "application/octet-stream", buffer: await readFile(await download.path()) };
}

/** The desk's machine. */
async function desk(world, options = {}) {
  const { page, context } = await world.open({ at: START, ...options });
  await openDesk(page, "post");
  return { page, context };
}

/** The wallet's machine. */
const wallet = (world, options = {}) => world.open({ at: START, ...size, ...options });

/** The desk's offer as a file. */
async function offerOf(page) {
  await openDesk(page, "post");
  return saved(page, button(page, "保存为文件").first());
}

/** Seals the application that waits in the wallet for the desk. Returns it as a file. */
async function sealFor(page, offer) {
  await toOffer(page);
  await page.locator("#files").setInputFiles(offer);
  await expect(screen(page, "post-desk")).toContainText("演示受理窗口 DEMO");
  await button(page, "封好并出示").click();
  await expect(screen(page, "post-show")).toBeVisible();
  const application = await saved(page, button(page, "保存为文件"));
  await page.getByRole("button", { name: "返回" }).click();
  return application;
}

/** The desk takes an application in. */
async function takeIn(page, application) {
  await openDesk(page, "post");
  await page.locator("#files").setInputFiles(application);
  await expect(page.locator("#told")).toContainText("已收到");
}

/** The reviewer decides by a key: "a", or "r" with the key of a reason. */
async function decide(page, ...keys) {
  await openDesk(page);
  await ready(page);
  for (const key of keys) await page.keyboard.press(key);
  await expect(page.locator('[data-slot="empty"]')).toBeVisible();
}

/** The answer to the newest application, as a file; one that nobody has to decide is made by itself. */
async function answerOf(page, control = "现在交出") {
  await openDesk(page, "post");
  await button(page, control).first().click();
  return savedAnswer(page);
}

async function savedAnswer(page) {
  const dialog = page.getByRole("dialog");
  const answer = await saved(page, dialog.getByRole("button", { name: "保存为文件" }));
  await page.keyboard.press("Escape");
  return answer;
}

/** The wallet reads an answer. */
async function readAnswer(page, answer) {
  await toAnswer(page);
  await page.locator("#files").setInputFiles(answer);
}

/** One round: sealed, taken in, decided, answered, read. */
async function round(holder, clerk, ...keys) {
  await takeIn(clerk, await sealFor(holder, await offerOf(clerk)));
  await decide(clerk, ...keys);
  await readAnswer(holder, await answerOf(clerk));
}

test("no photo on file: rejected twice, each with its reason, then approved; the card comes", async ({ world }) => {
  const { page: clerk } = await desk(world);
  const { page } = await wallet(world);
  await handedIn(page);
  await round(page, clerk, "r", "1");
  await expect(screen(page, "photo")).toBeVisible();
  await expect(problem(page)).toHaveAttribute("data-problem", "rejected-ground");
  await choosePhoto(page);
  await round(page, clerk, "r", "2");
  await expect(problem(page)).toHaveAttribute("data-problem", /^rejected-/);
  await expect(problem(page)).not.toHaveAttribute("data-problem", "rejected-ground");
  await choosePhoto(page);
  await round(page, clerk, "a");
  await expect(screen(page, "home")).toContainText("何沐阳");
  expect(await steps(clerk)).toEqual({ received: 3, rejected: 2, answered: 2, approved: 1, issued: 1 });
});

test("three rejections send to the counter; the clerk takes the photo there, and the licence reaches the same phone", async ({ world }) => {
  const { page: clerk } = await desk(world);
  const { page } = await wallet(world);
  await handedIn(page);
  for (let times = 0; times < 2; times++) {
    await round(page, clerk, "r", "1");
    await expect(screen(page, "photo")).toBeVisible();
    await choosePhoto(page);
  }
  await takeIn(clerk, await sealFor(page, await offerOf(clerk)));
  await decide(clerk, "r", "1");
  const toTheCounter = await answerOf(clerk);
  await readAnswer(page, toTheCounter);
  await expect(page.getByRole("heading", { name: /请到发证机关窗口办理/ })).toBeVisible();
  await page.reload();
  await openWallet(page);
  await expect(screen(page, "home")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: /请到发证机关窗口办理/ })).toBeVisible();
  const number = await page.getByText(/^申请号 [0-9a-f]{4} [0-9a-f]{4}$/).textContent();

  // The answer that sent to the counter is shown a second time: nothing changes.
  await readAnswer(page, toTheCounter);
  await expect(page.getByRole("heading", { name: /请到发证机关窗口办理/ })).toBeVisible();
  await openDesk(clerk, "driver-he");
  await clerk.getByRole("link", { name: "为驾驶人拍照" }).click();
  await expect(clerk.locator('[data-slot="phone"]')).toContainText(number);
  await clerk.locator('input[type="file"]').setInputFiles(drawing);
  await expect(clerk.locator(".measure").first()).toBeVisible();
  await clerk.getByLabel("居民身份证").check();
  await button(clerk, "通过并签发").click();
  await expect(clerk.getByRole("dialog")).toContainText("何沐阳");
  await readAnswer(page, await savedAnswer(clerk));
  await expect(screen(page, "home")).toContainText("何沐阳");
  expect(await steps(clerk)).toEqual({ received: 3, rejected: 3, answered: 3, photographed: 1, issued: 1 });
  // The dialog was seen: a reload of the desk does not open it again.
  await clerk.reload();
  await expect(clerk.locator('#app > [data-screen="post"]')).toBeVisible();
  await expect(clerk.getByRole("dialog")).toHaveCount(0);
});

test("a photo on file is replaced at a desk; the next time is six months later, to the day", async ({ world }) => {
  const { page: clerk, context: office } = await desk(world);
  const { page, context } = await wallet(world);
  await claim(page, "lin");
  await button(page, "详情").click();
  await button(page, "更换照片").click();
  await expect(screen(page, "photo")).toContainText("继续使用原照片");
  await choosePhoto(page);
  await round(page, clerk, "a");
  await expect(screen(page, "home")).toContainText("林知夏");
  // 26 November 2026 to 26 May 2027 are 181 days.
  for (const [days, may] of [[1, false], [179, false], [1, true]]) {
    await advance(context, days * DAY);
    await advance(office, days * DAY);
    await openWallet(page);
    await button(page, "详情").click();
    await button(page, "更换照片").click();
    if (may) await expect(screen(page, "photo")).toBeVisible();
    else await expect(page.locator('[data-problem="replace-too-early"]')).toBeVisible();
  }
});

/** The desk adds a class to the licence of the driver on whom both tests look. */
async function addClassD(clerk) {
  await openDesk(clerk, "driver-lin");
  await clerk.getByLabel("更改什么").selectOption("classes");
  await clerk.getByLabel(/^D 普通三轮摩托车/).first().check();
  await clerk.getByLabel("D 起始日期").fill("2026-06-01");
  await button(clerk, "保存").click();
  await expect(clerk.locator("#told")).toContainText("已保存");
}

test("a class is added: the old licence is red once the verifier has the new list, and the one of the re-claim is green", async ({ world }) => {
  const { page: clerk, context: office } = await desk(world);
  const { page, context } = await wallet(world);
  await claim(page, "lin");
  await present(page, "roadside");
  const old = await payloadOf(page);
  for (const machine of [context, office]) await advance(machine, 2);
  await addClassD(clerk);

  await openWallet(page);
  await button(page, "详情").click();
  await button(page, "重新申领").click();
  await takeIn(clerk, await sealFor(page, await offerOf(clerk)));
  await readAnswer(page, await answerOf(clerk, "再次出示"));
  await expect(page.getByText("准驾车型：C1 → C1D")).toBeVisible();
  await expect(page.locator("[data-card]").first()).toContainText("C1D");
  await openDesk(clerk, "status");
  const list = await saved(clerk, button(clerk, "发布（下载文件）"));

  await openWallet(page);
  await present(page, "roadside");
  const fresh = await payloadOf(page);
  for (const [payload, colour, failed] of [[old, "red", "status-list-invalid"], [fresh, "green"]]) {
    const { page: officer } = await world.open({ at: START + 5000 });
    await openVerifier(officer, "roadside");
    await officer.locator("#lists summary").click();
    await officer.locator("#list-file").setInputFiles({ ...list, mimeType: "application/statuslist+cwt" });
    await expect(officer.locator('#lists [data-slot="told"]')).toHaveAttribute("data-state", "pass");
    await handIn(officer, pictures(payload));
    const seen = await verdict(officer);
    expect(seen.colour).toBe(colour);
    if (failed) expect(seen.failed).toContain(failed);
    else expect(seen.failed).toEqual([]);
  }
});

test("withheld (D): the desk refuses the application, and the wallet says why and whom to ask", async ({ world }) => {
  const { page: clerk } = await desk(world);
  const { page } = await wallet(world);
  await handedIn(page);
  await openDesk(clerk, "driver-he");
  await button(clerk, "暂停").click();
  await expect(clerk.locator('[data-slot="facts"]')).toContainText("D 暂扣");
  await takeIn(clerk, await sealFor(page, await offerOf(clerk)));
  await expect(clerk.locator("#told")).toContainText("拒绝");
  // It is in no queue: the answer is shown at once.
  await expect(clerk.getByRole("dialog")).toContainText("何沐阳");
  await readAnswer(page, await savedAnswer(clerk));
  await expect(problem(page)).toHaveAttribute("data-problem", "claim-status-red");
  await expect(screen(page, "home")).toHaveCount(0);
});

test("by light alone: each films the other's screen", async ({ world }) => {
  test.setTimeout(240_000);
  const folder = await filmFolder();
  const [seenByDesk, seenByWallet] = ["desk", "wallet"].map((who) => path.join(folder, `${who}.y4m`));
  const machine = { viewport: { width: 1000, height: 1000 } };
  /** Films a screen, for the camera of the other machine; a camera opens its film when it is switched on. */
  const film = async (page, file, ms) => {
    const made = path.join(folder, "new.y4m");
    await record(page, made, ms);
    await rename(made, file);
  };
  const { page: clerk, context: office } = await desk(world, { launched: { film: seenByDesk }, ...machine });
  const { page, context } = await wallet(world, { launched: { film: seenByWallet }, ...machine });
  await handedIn(page);

  // The desk's code stands still.
  const picture = await clerk.screenshot();
  await rename(await slides([picture, picture], folder), seenByWallet);
  await context.grantPermissions(["camera"]);
  await page.getByRole("button", { name: /另一台设备上的受理窗口/ }).click();
  await expect(screen(page, "post-desk")).toContainText("演示受理窗口 DEMO");
  await button(page, "封好并出示").click();
  await expect(screen(page, "post-show")).toBeVisible();

  await film(page, seenByDesk, 12_000);
  await office.grantPermissions(["camera"]);
  await openDesk(clerk, "post");
  const start = clerk.locator("#camera-start");
  if (await start.isVisible()) await start.click();
  await expect(clerk.locator("#told")).toContainText("进入照片审核", { timeout: 60_000 });
  await decide(clerk, "a");
  await openDesk(clerk, "post");
  await button(clerk, "现在交出").first().click();
  await expect(clerk.getByRole("dialog").locator("canvas")).toBeVisible();

  await film(clerk, seenByWallet, 12_000);
  await page.getByRole("button", { name: "返回" }).click();
  await page.getByRole("button", { name: /读取窗口的答复/ }).click();
  await expect(screen(page, "home")).toContainText("何沐阳", { timeout: 60_000 });
  expect(await steps(clerk)).toEqual({ received: 1, approved: 1, issued: 1 });
  await rm(folder, { recursive: true });
});

test("a photo on file: the desk answers at once from its register, with what it changed there", async ({ world }) => {
  const { page: clerk } = await desk(world);
  const { page } = await wallet(world);
  await addClassD(clerk);
  await openWallet(page);
  await toConfirm(page, "lin");
  await page.getByText("在受理窗口申领", { exact: true }).click();
  const application = await sealFor(page, await offerOf(clerk));
  expect(application.buffer.length, "no photo is inside").toBeLessThan(1_500);
  // A reload in between loses nothing: the same application waits for its answer.
  await page.reload();
  await takeIn(clerk, application);
  await expect(clerk.locator("#told")).toContainText("可以交出答复");
  await readAnswer(page, await answerOf(clerk, "再次出示"));
  await expect(screen(page, "home")).toContainText("林知夏");
  await expect(page.locator("[data-card]").first()).toContainText("C1D");
  expect(await steps(clerk)).toEqual({ changed: 1, received: 1, issued: 1 });
});
