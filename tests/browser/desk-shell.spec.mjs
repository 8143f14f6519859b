// A claim between a wallet in a browser and a desk that is a folder: `liangzheng authority desk-key`, `receive`, `queue`, `review`.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, START, test } from "./support/fixtures.mjs";
import { application, choosePhoto, give, handedIn, problem, toAnswer, toOffer } from "./support/counterpart.mjs";
import { screen } from "./support/wallet.mjs";

const film = process.env.LIANGZHENG_FILM;
const program = film && path.join(path.dirname(film), `liangzheng${path.extname(film)}`);
const at = new Date(START + 60_000).toISOString().replace(/\.\d+Z$/, "Z");

test.skip(!film, "the desk is the command line of this repository: cargo xtask test --only browser");
test.use({ still: true });

let folder;

test.beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "desk-"));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a command of the desk; its exit status, and what it printed. */
const authority = (...args) =>
  new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, LC_ALL: "C" }, maxBuffer: 1 << 20 };
    execFile(program, ["authority", ...args, "--at", at], options, (error, stdout, stderr) =>
      resolve({ exit: error?.code ?? 0, stdout, stderr }));
  });

/** As JSON; it has to succeed. */
async function told(...args) {
  const { exit, stdout, stderr } = await authority(...args, "--desk", "desk", "--json");
  expect(exit, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Seals what waits in the wallet for the desk of the folder, and takes it in there. Returns its id. */
async function takeIn(page, offer) {
  await toOffer(page);
  await page.locator("#files").setInputFiles(path.join(folder, offer));
  await expect(screen(page, "post-desk")).toContainText("演示受理窗口 DEMO");
  await page.getByRole("button", { name: "封好并出示" }).click();
  await expect(screen(page, "post-show")).toBeVisible();
  const payload = await application(page);
  await writeFile(path.join(folder, "he.lzclaim"), payload);
  await page.getByRole("button", { name: "返回" }).click();
  const { applications: [received] } = await told("receive", "he.lzclaim");
  expect(received.state).toBe("to-review");
  return received.id;
}

/** Reviews it, and hands the answer to the wallet. */
async function answered(page, ...args) {
  await rm(path.join(folder, "answer.lzissued"), { force: true });
  const reviewed = await told("review", ...args, "--out", "answer.lzissued");
  await toAnswer(page);
  await give(page, await readFile(path.join(folder, "answer.lzissued")), { as: "file", name: "answer.lzissued" });
  return reviewed;
}

test("rejected from a shell, with the reason in the wallet; handed in again, approved: the card comes", async ({ page }) => {
  expect((await authority("desk-key", "desk", "--png", "code.png")).exit).toBe(0);
  await handedIn(page);
  // The desk shows its code; a wallet reads it from the picture.
  const first = await takeIn(page, "code.png");
  const { applications: [waiting] } = await told("queue");
  expect(waiting).toMatchObject({ id: first, state: "to-review", name: "何沐阳", overdue: false, rejections: [] });
  // The wallet's own encoder wrote this photo; the desk measures it without a browser.
  const outcomes = Object.fromEntries(waiting.measured.map(({ check, outcome }) => [check, outcome]));
  expect(outcomes).toMatchObject({ person: "pass", upright: "pass", light: "pass", ground: "pass", ratio: "pass" });
  expect((await readFile(path.join(folder, waiting.photo))).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  const rejected = await answered(page, first.slice(0, 8), "--reject", "rejected-ears", "--note", "请露出左耳");
  expect(rejected).toMatchObject({ state: "rejected", code: "rejected-ears" });
  await expect(screen(page, "photo")).toBeVisible();
  await expect(problem(page)).toHaveAttribute("data-problem", "rejected-ears");
  await expect(screen(page, "photo")).toContainText("请露出左耳");

  await choosePhoto(page);
  const second = await takeIn(page, "desk/desk.lzdesk");
  expect((await told("queue")).applications[0].rejections).toEqual([{ code: "rejected-ears", note: "请露出左耳" }]);
  const approved = await answered(page, second, "--approve");
  expect(approved).toMatchObject({ state: "issued", code: null });
  await expect(screen(page, "home")).toContainText("何沐阳");

  const again = await authority("review", second, "--approve", "--desk", "desk");
  expect(again.exit).toBe(1);
  expect(again.stdout).toContain("[desk-step]");
  const journal = await new Promise((resolve) => {
    const args = ["authority", "journal", "desk/journal.ndjson", "--receipt", approved.receipt, "--receipt", rejected.receipt];
    execFile(program, args, { cwd: folder }, (error) => resolve(error?.code ?? 0));
  });
  expect(journal).toBe(0);
});
