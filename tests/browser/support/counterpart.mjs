// A desk without a page: a program of this repository, with the wallet's own formats. And the wallet's way to a desk.
import { expect } from "@playwright/test";
import { execFile } from "node:child_process";
import path from "node:path";
import { advance, START } from "./fixtures.mjs";
import { pictures } from "./code.mjs";
import { openDesk, ready } from "./desk.mjs";
import { loadSite } from "./site.mjs";
import { openWallet, read, screen, submitPhoto, toPhoto } from "./wallet.mjs";

const film = process.env.LIANGZHENG_FILM;
const program = film && path.join(path.dirname(film), "examples", `claim_messages${path.extname(film)}`);
/** A photo as a file. */
export const drawing = path.resolve(import.meta.dirname, "../../../www/demo/portraits/tang.jpg");

const run = (args, input = "") =>
  new Promise((resolve, reject) => {
    const options = { maxBuffer: 1 << 20 };
    const child = execFile(program, args, options, (error, stdout) => (error ? reject(error) : resolve(Buffer.from(stdout.trim(), "hex"))));
    // The program may end before it reads.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });

/** The offer of the desk: "own", or one that a wallet refuses: "expired", "signer", "foreign". */
export const offer = (which = "own", at = START) => run(["offer", which, String(Math.floor(at / 1000))]);

/** The desk's answer to an application. */
export const answer = (outcome, application, at = START) =>
  run(["answer", outcome, String(Math.floor(at / 1000))], application.toString("hex"));

/** From the welcome to the photo that waits, for a driver without a photo on file. */
export async function handedIn(page) {
  await openWallet(page);
  await toPhoto(page, "he");
  await choosePhoto(page);
}

/** Hands in a photo from a file. */
export async function choosePhoto(page) {
  await page.locator('input[type="file"]').setInputFiles(drawing);
  await expect(screen(page, "crop")).toBeVisible();
  await submitPhoto(page);
  await expect(screen(page, "review")).toBeVisible();
}

/** Three photos of one wallet are rejected by the desk in the same browser. */
export async function sentToTheCounter(page, context) {
  await openDesk(page);
  const wallet = await context.newPage();
  await handedIn(wallet);
  for (let times = 1; times <= 3; times++) {
    await wallet.getByRole("button", { name: /交给本浏览器中的/ }).click();
    await ready(page);
    await page.keyboard.press("r");
    await page.keyboard.press("1");
    await expect(page.locator('[data-slot="empty"]')).toBeVisible();
    await advance(context, 32);
    if (times < 3) {
      await expect(screen(wallet, "photo")).toBeVisible();
      await choosePhoto(wallet);
    }
  }
  await expect(wallet.getByRole("heading", { name: /请到发证机关窗口办理/ })).toBeVisible();
  return wallet;
}

/** Opens the screen that reads a desk's offer. */
export async function toOffer(page) {
  await page.getByRole("button", { name: /另一台设备上的受理窗口|desk on another machine/ }).click();
  await expect(screen(page, "post-read")).toBeVisible();
}

/** Hands a payload to the screen that reads, as pictures of its codes or as a file. */
export async function give(page, payload, { as = "pictures", name = "desk.lzdesk" } = {}) {
  const files = as === "pictures"
    ? pictures(payload).map((buffer, index) => ({ name: `${index}.png`, mimeType: "image/png", buffer }))
    : [{ name, mimeType: "application/octet-stream", buffer: payload }];
  await page.locator("#files").setInputFiles(files);
}

/** Seals the application for the desk whose offer is given, and shows it. */
export async function seal(page, payload, options) {
  await toOffer(page);
  await give(page, payload, options);
  await expect(screen(page, "post-desk")).toContainText("演示受理窗口 DEMO");
  await page.getByRole("button", { name: /封好并出示|Seal and show/ }).click();
  await expect(screen(page, "post-show")).toBeVisible();
}

export const codes = (page) => page.locator('[data-screen="post-show"] canvas');

/** The payload of the application's codes on the screen. */
export async function application(page) {
  const { Scanner } = await loadSite();
  return read(page, new Scanner(), codes(page));
}

/** Opens the screen that reads the answer. */
export async function toAnswer(page) {
  await page.getByRole("button", { name: /读取窗口的答复|Read the desk's answer/ }).click();
  await expect(screen(page, "post-read")).toBeVisible();
}

/** The code of the problem that is shown. */
export const problem = (page) => page.locator("[data-problem]");
