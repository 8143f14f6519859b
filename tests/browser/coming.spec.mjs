// What comes, under Details: the list, and the file for a calendar.
import { readFile } from "node:fs/promises";
import { expect, test } from "./support/fixtures.mjs";
import { claim, screen } from "./support/wallet.mjs";

/** Lines of an iCalendar file, unfolded, as pairs of name and value. */
const lines = (text) => text.replaceAll("\r\n ", "").trimEnd().split("\r\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]);

async function details(page, person) {
  await claim(page, person);
  await page.getByRole("button", { name: "详情" }).click();
  await expect(screen(page, "details").getByRole("heading", { name: "接下来要做的事" })).toBeVisible();
}

async function download(page) {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "存到日历（.ics）" }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toBe("驾驶证日程.ics");
  await expect(page.getByText("日历文件已生成。")).toBeVisible();
  return readFile(await file.path(), "utf8");
}

test("renewal, novice year and photo are listed by their days, with what to do and where", async ({ page }) => {
  await details(page, "lin");
  const rows = page.locator("[data-coming]");
  const days = await rows.locator("time").evaluateAll((all) => all.map((time) => time.dateTime));
  expect(days.length).toBeGreaterThan(0);
  expect(days).toEqual(days.toSorted());
  const renewal = page.locator('[data-coming="renewal"]');
  await expect(renewal).toContainText("期满换证");
  await expect(renewal).toContainText(/车辆管理所|支队/);
});

test("the calendar file is the same each time, speaks both languages, and names nobody", async ({ page }) => {
  await details(page, "lin");
  const text = await download(page);
  const events = text.split("BEGIN:VEVENT").slice(1);
  const all = lines(text);
  const of = (name) => all.filter(([have]) => have === name).map(([, value]) => value);
  expect(of("VERSION")).toEqual(["2.0"]);
  expect(of("UID")).toHaveLength(events.length);
  expect(new Set(of("UID")).size).toBe(events.length);
  for (const day of of("DTSTART;VALUE=DATE")) expect(day).toMatch(/^20\d{6}$/);
  for (const summary of of("SUMMARY")) expect(summary).toMatch(/[一-鿿].* · .*[a-z]/);
  expect(Math.max(...text.split("\r\n").map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  const plain = all.map(([, value]) => value).join("\n");
  expect(plain, "no number of 12 digits and more").not.toMatch(/\d{12}/);
  expect(plain).not.toContain("林");
  expect(plain).not.toContain("undefined");
  expect(plain).not.toContain("{");
  expect(lines(await download(page)).filter(([name]) => name === "UID")).toEqual(all.filter(([name]) => name === "UID"));
});

test("a driver of 71 is told of the yearly medical, and a novice of the end of that year", async ({ world }) => {
  const old = await world.open();
  await details(old.page, "shen");
  await expect(old.page.locator('[data-coming="medical"]')).toContainText("30 日内");
  const novice = await world.open();
  await details(novice.page, "xu");
  await expect(novice.page.locator('[data-coming="novice-car"]')).toContainText("不得牵引挂车");
  await expect(novice.page.locator('[data-coming="medical"]')).toHaveCount(0);
});

test("a new photo is told with the day of the next one", async ({ page }) => {
  await details(page, "lin");
  await expect(page.locator('[data-coming="photo"]'), "it can be replaced now").toHaveCount(0);
});
