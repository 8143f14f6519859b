// The verifier's panel of trust, and lists by a provider of tests.
import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, START, test as base } from "./fixtures.mjs";
import { filmFolder } from "./film.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
export const maker = process.env.LIANGZHENG_FILM && path.join(path.dirname(process.env.LIANGZHENG_FILM), `trust${path.extname(process.env.LIANGZHENG_FILM)}`);

export const test = base.extend({
  /** Lists by a provider of tests, made for the tests' clock: `read(name)`, and the fingerprints. */
  lists: [
    async ({}, use) => {
      const folder = await filmFolder();
      const { stdout } = await promisify(execFile)(maker, ["--now", String(Math.floor(START / 1000)), "--out", folder,
        "--also", path.join(root, "crate/authority/src/demo/anchor.der")]);
      await use({ ...JSON.parse(stdout), read: (name) => readFile(path.join(folder, name)) });
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
});
export const panel = (page) => page.getByRole("dialog", { name: "信任名单" });
export const open = async (page) => {
  await page.getByRole("button", { name: "信任名单" }).click();
  await expect(panel(page)).toBeVisible();
};
export const close = (page) => panel(page).getByRole("button", { name: "关闭" }).click();
export const choose = async (page, lists, name) =>
  page.locator("#trust-file").setInputFiles({ name, mimeType: "application/octet-stream", buffer: await lists.read(name) });
export const article = (page, name) => panel(page).getByRole("article").filter({ hasText: name });
export const grouped = (fingerprint) => fingerprint.match(/.{4}/g).join(" ");

/** Imports a list and confirms its fingerprint. */
export async function add(page, lists, name) {
  await choose(page, lists, name);
  await page.getByRole("button", { name: "核对无误，添加" }).click();
  await expect(page.locator("#trust-done")).toContainText(/已添加|已换成/);
}

/** Imports a revocation list, which needs no confirmation. */
export async function addCrl(page, lists, name) {
  await choose(page, lists, name);
  await expect(page.locator("#trust-done")).toContainText(/已添加|已换成/);
  await expect(page.locator("#trust-ask")).toBeHidden();
}
