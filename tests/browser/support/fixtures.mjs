// What every browser test gets: pages that fail the test on any console error, page error, policy violation or request
// to another origin, and whose clock the test sets. `world` opens further contexts and browsers.
import { test as base, chromium, expect } from "@playwright/test";
import { rm } from "node:fs/promises";
import { filmOf } from "./film.mjs";

export { expect };

/** The moment at which tests begin: 22 November 2026, 16:48:07 in Shanghai. */
export const START = Date.parse("2026-11-22T08:48:07Z");

/** Where the demo is served. */
export const ORIGIN = process.env.LIANGZHENG_URL ?? "http://localhost:8080";

const violations = (report) => {
  addEventListener("securitypolicyviolation", (event) => report(`${event.violatedDirective} ${event.blockedURI}`), true);
};

/** Fails on any console message, page error, and request to another origin. */
export function guard(context, origin) {
  const faults = [];
  const expected = [];
  const fault = (text) => expected.some((pattern) => pattern.test(text)) || faults.push(text);
  const watch = (page) => {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") fault(`console ${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => fault(`page error: ${error.message}`));
    page.on("crash", () => fault("the page crashed"));
  };
  context.pages().forEach(watch);
  context.on("page", watch);
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (!["blob:", "data:"].includes(url.protocol) && url.origin !== origin) fault(`request to ${request.url()}`);
  });
  return {
    /** Lets one kind of fault pass, where the test provokes it. */
    expect: (pattern) => expected.push(pattern),
    fault,
    faults,
  };
}

/**
 * Sets the clock of every page of a context, those that load later too; timers stay real. Time goes on from `start`, or
 * stands still there: then nothing depends on how fast the machine is. Without `still` it goes on, or not, as before.
 */
export async function setClock(context, start, { still = context.clock?.still !== undefined } = {}) {
  const clock = still ? { still: start } : { offset: start - Date.now() };
  context.clock = clock;
  const set = (clock) => {
    if (!globalThis.RealDate) {
      const RealDate = (globalThis.RealDate = Date);
      globalThis.Date = class extends RealDate {
        constructor(...args) {
          if (args.length === 0) super(Date.now());
          else super(...args);
        }
        static now() {
          const { still, offset } = globalThis.testClock;
          return still ?? RealDate.now() + offset;
        }
      };
    }
    globalThis.testClock = clock;
  };
  await context.addInitScript(set, clock);
  for (const page of context.pages()) await page.evaluate(set, clock);
}

/** The time now on the clock of a context, in milliseconds since 1970. */
export const now = ({ clock }) => clock.still ?? Date.now() + clock.offset;

/** Moves the clock of a context by a number of seconds. */
export const advance = (context, seconds) => setClock(context, now(context) + seconds * 1000);

/** Flags of every Chromium that a test starts by itself. */
export const quiet = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** A Chromium of its own: with a film as its camera, or with no camera (`film: null`), and with `flags`. It opens none unless allowed. */
export function launch({ film, flags = [] } = {}) {
  const camera = [];
  if (film !== null) camera.push("--use-fake-device-for-media-stream");
  if (film) camera.push(`--use-file-for-fake-video-capture=${film}`);
  return chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: [...quiet, ...camera, ...flags] });
}

export const test = base.extend({
  clock: [START, { option: true }],
  /** Whether the clock of `page` stands still. */
  still: [false, { option: true }],
  guarded: [
    async ({ context, baseURL, clock, still }, use) => {
      const watch = guard(context, new URL(baseURL).origin);
      await context.exposeBinding("policyViolation", (_, what) => watch.fault(`policy violation: ${what}`));
      await context.addInitScript(`(${violations})((what) => policyViolation(what))`);
      await setClock(context, clock, { still });
      await use(watch);
      expect(watch.faults, "console errors, page errors, policy violations, foreign requests").toEqual([]);
    },
    { auto: true },
  ],
  /**
   * Opens further contexts, each guarded and with its own clock, which stands still; all are closed and checked at the
   * end.
   */
  world: async ({ browser, baseURL, clock }, use) => {
    const ends = [];
    const open = async ({ at = clock, launched, ...options } = {}) => {
      const own = launched && (await launch(launched));
      const context = await (own ?? browser).newContext({ baseURL, locale: "zh-CN", timezoneId: "Asia/Shanghai", ...options });
      const watch = guard(context, new URL(baseURL).origin);
      await setClock(context, at, { still: true });
      ends.push({ context, own, watch });
      return { context, page: await context.newPage(), watch };
    };
    await use({ open });
    for (const { context, own } of ends) await (own ?? context).close();
    expect(ends.flatMap(({ watch }) => watch.faults), "faults in further windows").toEqual([]);
  },
  /** Films of wallets, made once for all tests of a worker. */
  films: [
    async ({ browser }, use) => {
      const made = new Map();
      const films = async (options) => {
        const key = JSON.stringify(options);
        if (!made.has(key)) made.set(key, filmOf(browser, options));
        return made.get(key);
      };
      await use(films);
      for (const film of await Promise.allSettled(made.values())) {
        if (film.value?.folder) await rm(film.value.folder, { recursive: true, force: true });
      }
    },
    { scope: "worker" },
  ],
});
