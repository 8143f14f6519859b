// The verifier by its controls.
import { expect } from "@playwright/test";

/** Opens the verifier for a purpose. */
export async function openVerifier(page, purpose) {
  await page.goto("/verify/");
  await expect(page.locator("html")).toHaveAttribute("data-start", "started");
  if (purpose) await choose(page, purpose);
}

export async function choose(page, purpose) {
  const tab = page.locator(`input[name="purpose"][value="${purpose}"]`);
  await tab.locator("xpath=..").click();
  await expect(tab).toBeChecked();
}

/** Opens the camera, with permission. */
export async function openCamera(page) {
  await page.context().grantPermissions(["camera"]);
  await page.getByRole("button", { name: /打开相机|Open the camera/ }).click();
  await expect(page.locator('#scan[data-camera="live"]')).toBeVisible();
}

/** The verdict on the screen: its colour, its sentence, the state of each row, and every code. */
export async function verdict(page) {
  const article = page.locator("article.verdict");
  await expect(article).toBeVisible();
  return article.evaluate((article) => {
    const text = (name) => {
      const slot = article.querySelector(`[data-slot="${name}"]`);
      return slot && !slot.closest("[hidden]") ? slot.textContent : null;
    };
    const rows = [...article.querySelectorAll("details.layer")];
    return {
      colour: article.dataset.colour,
      headline: text("headline"),
      ask: text("ask-text"),
      name: text("name"),
      about: text("about"),
      number: text("number"),
      person: text("person") !== null,
      portrait: article.querySelector('img[data-slot="portrait"]:not([hidden])') !== null,
      classes: [...article.querySelectorAll('[data-slot="classes"] li')].map((chip) => chip.textContent),
      rows: rows.map((row) => row.dataset.state),
      open: rows.map((row) => row.open),
      codes: rows.map((row) => [...row.querySelectorAll('[data-slot="code"]')].map((code) => code.textContent)),
      failed: rows.flatMap((row) =>
        [...row.querySelectorAll('.check-item:not([data-state="pass"]):not([data-state="not-asked"])')].map(
          (check) => check.querySelector('[data-slot="code"]').textContent,
        ),
      ),
      text: article.innerText,
    };
  });
}

/** Hands in PNG pictures as files. */
export async function handIn(page, pictures) {
  await page.locator("#files").setInputFiles(
    pictures.map((buffer, index) => ({ name: `code-${index + 1}.png`, mimeType: "image/png", buffer })),
  );
}

/** On to the next one: the verdict leaves the screen. */
export async function next(page) {
  await page.getByRole("button", { name: /下一位|重新扫描|^Next$|^Scan again$/ }).click();
  await expect(page.locator("article.verdict")).toHaveCount(0);
}

/**
 * Drops or pastes files on the page by the browser's own events. In the same task, so that nothing can happen between,
 * the elements that `before` and `after` select are clicked.
 */
export const give = (page, way, files, { before, after } = {}) => page.evaluate(({ way, files, before, after }) => {
  const data = new DataTransfer();
  for (const { name, mimeType, buffer } of files) {
    const bytes = Uint8Array.from(atob(buffer), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: mimeType }));
  }
  if (before) document.querySelector(before).click();
  if (way === "paste") {
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  } else {
    const stage = document.getElementById("stage");
    for (const name of ["dragover", "drop"]) stage.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
  if (after) document.querySelector(after).click();
}, { way, files: files.map((file) => ({ ...file, buffer: file.buffer.toString("base64") })), before, after });
