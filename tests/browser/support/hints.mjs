// What the verifier says when a code cannot be read, and the films that make it say so.
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { calculated, filmFolder } from "./film.mjs";
import { openCamera, openVerifier } from "./verifier.mjs";

const strings = JSON.parse(await readFile(path.resolve(import.meta.dirname, "../../../www/strings/verify.json"), "utf8"));

/** Film by hint. */
export const HINTS = {
  "no-code": "hint-nothing",
  "too-small": "hint-too-small",
  blurred: "hint-blurred",
  dark: "hint-dark",
  glare: "hint-glare",
  moving: "hint-moving",
};

/** What the page says with a hint. */
export const words = (hint, language) => strings[`verify.scan.hint.${hint}`][language];

/** A verifier whose camera sees what provokes a hint; `body` gets the page, and the hints that were shown, in order. */
export async function provoke(world, hint, body) {
  const folder = await filmFolder();
  try {
    const film = await calculated(HINTS[hint], folder);
    const { page } = await world.open({ launched: { film } });
    const said = [];
    await page.exposeBinding("said", (_, sentence) => said.push(sentence));
    await openVerifier(page, "rental");
    await page.evaluate(() => {
      const text = document.getElementById("status-text");
      new MutationObserver(() => globalThis.said(text.textContent)).observe(text, { childList: true, characterData: true, subtree: true });
    });
    await openCamera(page);
    await body(page, said);
  } finally {
    await rm(folder, { recursive: true });
  }
}
