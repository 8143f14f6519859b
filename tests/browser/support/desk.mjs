// The authority's desk by its controls.
import { expect } from "@playwright/test";

/** Opens a view of the desk: review, drivers, driver-lin, status, journal, rollout. */
export async function openDesk(page, view = "review") {
  await page.goto("about:blank");
  await page.goto(`/authority/#${view}`);
  await expect(page.locator(`#app > [data-screen="${view.split("-")[0]}"]`)).toBeVisible();
}

/** The application that is shown. */
export const shownCase = (page) => page.locator("article.case");

/** Waits until a photo is on the screen, and returns whose application it is. */
export async function ready(page, not) {
  const shown = page.locator(`article.case[data-state="ready"]${not ? `:not([data-id="${not}"])` : ""}`);
  await expect(shown).toBeVisible();
  return shown.getAttribute("data-id");
}

/** Puts practice applications into the queue: 12, 60, 150 or 300. */
export async function practise(page, count) {
  const box = page.locator("details.practice");
  if ((await box.getAttribute("open")) === null) await box.locator("summary").click();
  await page.locator('[data-slot="practice-count"]').selectOption(String(count));
  await page.getByRole("button", { name: "放入练习申请" }).click();
  await expect(page.locator("#told")).toContainText(`已放入 ${count} 件`);
}

/** The lines of the journal, as they are stored. */
export const journal = (page) => page.evaluate(async () => {
  const settled = (request) => new Promise((done, fail) => ((request.onsuccess = () => done(request.result)), (request.onerror = fail)));
  const database = await settled(indexedDB.open("liangzheng-desk"));
  const lines = await settled(database.transaction("journal").objectStore("journal").getAll());
  database.close();
  return lines.map((line) => JSON.parse(line));
});

/** How many steps of each kind the journal has. */
export async function steps(page) {
  const counts = {};
  for (const { step } of await journal(page)) counts[step] = (counts[step] ?? 0) + 1;
  return counts;
}
