// Both sides of a question, as the two persons use them.
import { expect } from "@playwright/test";
import { rm } from "node:fs/promises";
import { filmFolder, payloadOf, write } from "./film.mjs";
import { loadSite } from "./site.mjs";
import { claim, read, screen } from "./wallet.mjs";
import { pictures } from "./code.mjs";

export const questionCode = (page) => page.getByRole("img", { name: /提问二维码|Code of your question/ });

/** Asks. Returns the payload of the question's code. */
export async function ask(page) {
  const open = page.getByRole("button", { name: /^(提问|Ask)$/ });
  if (await open.isVisible()) await open.click();
  await expect(questionCode(page)).toBeVisible();
  const { Scanner } = await loadSite();
  return read(page, new Scanner(), questionCode(page));
}

/** A wallet with a licence whose camera films the question. */
export async function walletBefore(world, question, { at, person = "lin" } = {}) {
  const folder = await filmFolder();
  const wallet = await world.open({ at, launched: { film: await write(question, folder) }, viewport: { width: 700, height: 900 } });
  await claim(wallet.page, person);
  return { ...wallet, end: () => rm(folder, { recursive: true }) };
}

/** Scans with the wallet's camera, to the choice of what to show. */
export async function scanQuestion(page) {
  await page.context().grantPermissions(["camera"]);
  await page.getByRole("button", { name: /回答提问|Answer a question/ }).click();
  // The camera may be used already, so that it opens by itself, and has read the question before anybody looks.
  await expect(screen(page, "question").or(screen(page, "consent"))).toBeVisible();
}

/** Hands the question in as pictures. */
export async function handInQuestion(page, question) {
  await page.getByRole("button", { name: /回答提问|Answer a question/ }).click();
  await expect(screen(page, "question")).toBeVisible();
  await page.locator("#files").setInputFiles(
    pictures(question).map((buffer, index) => ({ name: `q-${index}.png`, mimeType: "image/png", buffer })),
  );
}

/** Ticks elements (all without an argument) and shows the answer. Returns its payload. */
export async function consent(page, elements) {
  await expect(screen(page, "consent")).toBeVisible();
  if (elements) for (const name of elements) await page.locator(`[data-element="${name}"] input`).check();
  else await page.getByRole("button", { name: /全部勾选|Tick all/ }).click();
  await page.getByRole("button", { name: /出示回答|Show the answer/ }).click();
  await expect(screen(page, "present")).toBeVisible();
  return payloadOf(page);
}
