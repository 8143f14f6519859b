// What `cargo xtask bench link` puts around the shipped scanning worker still fits it: the benchmark itself is run by hand.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { instrumented } from "../bench/link/instrumented.mjs";
import { expect, test } from "./support/fixtures.mjs";
import { openCamera, openVerifier, verdict } from "./support/verifier.mjs";

const link = path.resolve(import.meta.dirname, "../bench/link");

test("the benchmark of the link times every look of the shipped worker", async ({ world, films }) => {
  const film = await films({ person: "lin", purpose: "roadside" });
  const { page, watch } = await world.open({ at: film.at + 2000, launched: { film: film.file }, serviceWorkers: "block" });
  watch.expect(/Service Worker registration blocked/);
  await page.route("**/bench/ours.js", async (route) =>
    route.fulfill({ contentType: "text/javascript", body: await readFile(path.join(link, "ours.mjs"), "utf8") }),
  );
  await page.route(/\/js\/scan-worker\.[0-9a-f]+\.js$/, async (route) => {
    const shipped = await route.fetch();
    const { pathname } = new URL(route.request().url());
    const [, script] = (await shipped.text()).match(/from "([^"]*\/worker-scan\.[0-9a-f]+\.js)"/);
    await route.fulfill({ response: shipped, body: instrumented(script, pathname, 0) });
  });
  await page.addInitScript(() => {
    globalThis.looks = [];
    new BroadcastChannel("bench").onmessage = ({ data }) => globalThis.looks.push(data);
  });
  await openVerifier(page, "roadside");
  await openCamera(page);
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
  const looks = await page.evaluate(() => globalThis.looks);
  expect(looks.length).toBeGreaterThan(0);
  expect(looks.filter(({ ms, read }) => !(ms >= 0) || typeof read !== "boolean")).toEqual([]);
  expect(looks.at(-1).read).toBe(true);
});
