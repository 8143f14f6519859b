// What every test of the element gets: a partner's site with the demo's trust, people who present, and a page whose errors
// and policy violations fail the test.
import { test as base, expect } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { png, symbol } from "../../browser/support/code.mjs";
import { PACK, fromPack, serve } from "./partner.mjs";

export { expect };

/** The moment at which tests begin: 22 November 2026, 16:48:07 in Shanghai. */
export const START = new Date("2026-11-22T08:48:07Z");

/** The case of a booking that every demo driver of cars can have. */
export const CASE = { vehicle: "car", from: "2026-11-23", until: "2026-11-25" };

const POLICIES = ["rental-car", "insurance-proposal", "age-only", "freight"];

/** A picture of a frame, as a screenshot of a wallet. */
export function picture({ size, dark }, scale = 5) {
  const side = (size + 8) * scale;
  const luma = Buffer.alloc(side * side, 255);
  dark.forEach((is, at) => {
    if (!is) return;
    const [x, y] = [(at % size) + 4, Math.floor(at / size) + 4];
    for (let line = 0; line < scale; line++) luma.fill(0, (y * scale + line) * side + x * scale, (y * scale + line) * side + (x + 1) * scale);
  });
  return png({ luma, width: side, height: side });
}

const file = (buffer, at, mimeType = "image/png") => ({ name: `code-${at}.png`, mimeType, buffer });

export const test = base.extend({
  /** The site and the people, once for all tests of a worker. */
  firm: [
    async ({}, use) => {
      const { DemoHolder } = await fromPack("dist/testing.js");
      const holder = await DemoHolder.create(await readFile(join(PACK, "dist/testing.wasm")));
      const policies = {};
      for (const name of POLICIES) policies[name] = JSON.parse(await readFile(join(PACK, `dist/policies/${name}.json`)));
      // A desk that does not compare names with a booking.
      policies.desk = structuredClone(policies["rental-car"]);
      policies.desk.rules = policies.desk.rules.filter(({ rule }) => rule.name !== "booking");
      policies.desk.facts.forEach((fact) => (fact.intent_to_retain ||= ["issuing-country"].includes(fact.fact)));
      // What a scanner gun can type is small: an age without the portrait.
      policies.gun = structuredClone(policies["age-only"]);
      policies.gun.rules = policies.gun.rules.filter(({ rule }) => rule.name !== "face");
      policies.gun.facts = policies.gun.facts.filter(({ fact }) => fact !== "portrait");
      const files = { "/trust.der": holder.trust(), "/status.cwt": holder.status(START) };
      for (const [name, policy] of Object.entries(policies)) files[`/${name}.json`] = JSON.stringify(policy);
      const site = await serve(files);
      const firm = {
        holder,
        policies,
        site,
        files,
        /** Pictures of nothing, and of a code of something else. */
        blank: file(png({ luma: Buffer.alloc(400 * 300, 200), width: 400, height: 300 }), 0),
        other: file(png(symbol(Buffer.from("https://partner.example/menu"))), 0),
        /** What a person shows for a policy. */
        payload: (person, policy = "desk", now = START) => holder.present(person, policies[policy], { now }),
        /** The frames of a payload as files; fewer for a code that is not whole. */
        pictures(payload, most = Infinity) {
          const count = Math.min(most, Math.ceil(payload.length / 300) + 2);
          return Array.from({ length: count }, (_, at) => file(picture(holder.frame(payload, at)), at));
        },
      };
      await use(firm);
      await site.close();
    },
    { scope: "worker" },
  ],
  guarded: [
    async ({ page }, use) => {
      const faults = [];
      const expected = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
      await page.exposeFunction("violated", (what) => faults.push(`policy violation: ${what}`));
      await page.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => globalThis.violated(`${event.violatedDirective} ${event.blockedURI}`), true);
      });
      await page.clock.setFixedTime(START);
      await use({ expect: (pattern) => expected.push(pattern) });
      expect(faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))), "errors and policy violations").toEqual([]);
    },
    { auto: true },
  ],
  /** Opens a page with the element, and returns what a test does with it. */
  desk: async ({ page, firm }, use) => {
    await use(async ({ policy = "desk", lang = "zh-CN", dark, given = CASE, attributes = "", around = (tag) => tag } = {}) => {
      const tag = `<licence-check id="check" policy="/${policy}.json" trust="/trust.der" status="/status.cwt" case='${JSON.stringify(given)}' ${attributes}></licence-check>`;
      await page.goto(firm.site.page(around(tag), { lang, dark }));
      const check = page.locator("licence-check");
      await expect(check.locator(".base[aria-label]")).toBeAttached();
      return {
        check,
        verdict: check.locator(".verdict"),
        live: check.getByRole("status"),
        trouble: check.locator("#trouble"),
        hand: (files) => check.locator("#files").setInputFiles(files),
        heard: () => page.evaluate(() => globalThis.heard),
        /** Checks by the page's own call. */
        call: (payload) =>
          page.evaluate(async (bytes) => (await document.querySelector("licence-check").check(Uint8Array.from(bytes))).outcome, [...payload]),
      };
    });
  },
});
