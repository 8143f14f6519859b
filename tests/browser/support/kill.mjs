// Kills a browser in the middle of a step that stores something, and looks at what its profile holds afterwards.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { expect, ORIGIN, quiet, setClock, START } from "./fixtures.mjs";
import { current, records } from "./store.mjs";
import { addAnother, claim, openWallet, present, screen, toConfirm, toPhoto } from "./wallet.mjs";
import { openVerifier } from "./verifier.mjs";
import { open as openTrust, panel } from "./trust.mjs";
import { openDesk, practise, ready, steps } from "./desk.mjs";

const DAY = 86_400_000;
const root = path.resolve(import.meta.dirname, "../../..");
const drawing = path.join(root, "www/demo/portraits/tang.jpg");

const home = (page) => screen(page, "home");
const button = (page, name) => page.getByRole("button", { name, exact: true });

/**
 * The steps. `before` leads to the moment at which `act` does the step; `done` is on the screen when the page says that it
 * is done. `found` looks at the profile that was opened again, and returns "before" or "after", or fails.
 */
export const STEPS = [
  {
    name: "claim",
    before: async (page) => {
      await openWallet(page);
      await toConfirm(page);
      await expect(button(page, "确认并领取")).toBeEnabled();
    },
    act: (page) => button(page, "确认并领取").click(),
    done: home,
    found: (page) => licensed(page),
  },
  {
    name: "photo",
    before: async (page) => {
      await openWallet(page);
      await toPhoto(page, "he");
      await page.locator('input[type="file"]').setInputFiles(drawing);
      await button(page, "用这张照片").click();
      await expect(button(page, "提交审核")).toBeEnabled();
    },
    act: (page) => button(page, "提交审核").click(),
    done: (page) => screen(page, "review"),
    found: async (page) => {
      await openWallet(page);
      const shown = page.locator("#app > [data-screen]");
      const name = await shown.getAttribute("data-screen");
      expect(["confirm", "review"]).toContain(name);
      return name === "review" ? "after" : "before";
    },
  },
  {
    name: "refresh",
    before: (page) => claim(page, "lin"),
    act: async (page) => {
      await setClock(page.context(), START + DAY);
      await openWallet(page);
    },
    // The card is there before it is refreshed.
    done: () => null,
    found: async (page) => {
      expect(await licensed(page)).toBe("after");
      return (await current(page)).generation > 1 ? "after" : "before";
    },
  },
  {
    name: "show",
    before: (page) => claim(page, "lin"),
    act: (page) => present(page, "roadside"),
    done: () => null,
    found: async (page) => {
      expect(await licensed(page)).toBe("after");
      const { length: shown } = await records(page, "shown");
      // One more is the code that was just shown.
      expect([1, 2]).toContain(shown);
      return shown === 2 ? "after" : "before";
    },
  },
  {
    name: "delete",
    before: async (page) => {
      await claim(page, "lin");
      await button(page, "详情").click();
      await button(page, "删除证件夹").click();
    },
    act: (page) => page.getByRole("dialog").getByRole("button", { name: "删除" }).click(),
    done: (page) => screen(page, "welcome"),
    found: async (page) => ((await licensed(page)) === "after" ? "before" : "after"),
  },
  {
    name: "review",
    before: async (page) => {
      await openDesk(page);
      await practise(page, 12);
      await ready(page);
    },
    act: (page) => page.keyboard.press("a"),
    done: () => null,
    found: async (page) => {
      await openDesk(page);
      await ready(page);
      const { received, approved = 0 } = await steps(page);
      expect(received).toBe(12);
      await expect(page.locator("#waiting")).toHaveText(String(12 - approved));
      return approved === 1 ? "after" : "before";
    },
  },
  {
    name: "add",
    before: async (page) => {
      await claim(page, "lin");
      await addAnother(page, "zhao");
      await expect(button(page, "确认并领取")).toBeEnabled();
    },
    act: (page) => button(page, "确认并领取").click(),
    done: (page) => page.locator('[data-screen="home"]', { hasText: "赵远舟" }),
    found: (page) => stacked(page, "林知夏", "赵远舟"),
  },
  {
    name: "delete-one",
    before: async (page) => {
      await claim(page, "lin");
      await addAnother(page, "zhao");
      await button(page, "确认并领取").click();
      await expect(home(page)).toContainText("赵远舟");
      await button(page, "详情").click();
      await button(page, "删除这一本").click();
    },
    act: (page) => page.getByRole("dialog").getByRole("button", { name: "删除" }).click(),
    done: (page) => page.locator("#told", { hasText: "已删除" }),
    found: async (page) => ((await stacked(page, "林知夏", "赵远舟")) === "after" ? "before" : "after"),
  },
  {
    name: "trust",
    before: async (page) => {
      await openVerifier(page);
      await openTrust(page);
      await page.locator("#trust-file").setInputFiles({ name: "list", mimeType: "application/octet-stream", buffer: await list() });
      await expect(button(page, "核对无误，添加")).toBeVisible();
    },
    act: (page) => button(page, "核对无误，添加").click(),
    done: (page) => page.locator("#trust-done", { hasText: "已添加" }),
    found: async (page) => {
      await openVerifier(page);
      await openTrust(page);
      await expect(panel(page).getByRole("article").first()).toBeVisible();
      await expect(page.locator("#trust-missing")).toBeHidden();
      const lists = await panel(page).getByRole("article").count();
      expect([1, 2]).toContain(lists);
      return lists === 2 ? "after" : "before";
    },
  },
];

/** Whether the wallet has a licence and can show it ("after"), or has none and says nothing of a loss ("before"). */
async function licensed(page) {
  await openWallet(page);
  const name = await page.locator("#app > [data-screen]").getAttribute("data-screen");
  if (name === "home") {
    await expect(home(page)).toContainText("林知夏");
    await present(page, "roadside");
    return "after";
  }
  // A claim that had begun goes on where it was.
  expect(["welcome", "confirm"]).toContain(name);
  await expect(page.getByText("驾驶证丢失了")).toHaveCount(0);
  return "before";
}

/** Whether both licences are there and can be shown ("after"), or the first alone ("before"). Neither is ever lost. */
async function stacked(page, first, second) {
  await openWallet(page);
  await expect(home(page)).toBeVisible();
  await expect(page.getByText("丢失了")).toHaveCount(0);
  const tabs = page.locator("[data-licence]");
  const count = await tabs.count();
  expect([0, 2]).toContain(count);
  for (const name of count === 2 ? [second, first] : [first]) {
    if (count === 2) await tabs.filter({ hasText: name }).click();
    await expect(page.locator("[data-card]")).toContainText(name);
    await present(page, "roadside");
    await page.keyboard.press("Escape");
    await expect(home(page)).toBeVisible();
  }
  return count === 2 ? "after" : "before";
}

/** A trust list by a provider of tests. */
const list = () => (list.made ??= (async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "liangzheng-kill-"));
  const maker = path.join(path.dirname(process.env.LIANGZHENG_FILM), `trust${path.extname(process.env.LIANGZHENG_FILM)}`);
  await promisify(execFile)(maker, ["--now", String(Math.floor(START / 1000)), "--out", folder,
    "--also", path.join(root, "crate/authority/src/demo/anchor.der")]);
  const bytes = await readFile(path.join(folder, "current.vical"));
  await rm(folder, { recursive: true });
  return bytes;
})());

/** In the page: counts the points at which a write is on its way, and says when the one is reached at which to kill. */
function countPoints() {
  globalThis.points = [];
  const reached = (point) => {
    points.push(point);
    if (points.length !== globalThis.killAt) return;
    console.debug(`kill ${point}`);
    // Nothing further is done: the browser is killed while the page stands here.
    if (globalThis.stand) for (;;);
  };
  for (const name of ["put", "add", "delete", "clear"]) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...args) {
      reached(`before ${name} in ${this.name}`);
      const request = write.apply(this, args);
      reached(`after ${name} in ${this.name}`);
      request.addEventListener("success", () => reached(`success of ${name} in ${this.name}`));
      if (!this.transaction.watched) {
        this.transaction.watched = true;
        this.transaction.addEventListener("complete", () => reached("complete"));
      }
      return request;
    };
  }
  for (const name of ["setItem", "removeItem"]) {
    const write = Storage.prototype[name];
    Storage.prototype[name] = function (...args) {
      reached(`before ${name} of ${args[0]}`);
      write.apply(this, args);
      reached(`after ${name} of ${args[0]}`);
    };
  }
}

/** Opens a browser with this profile; `kill` ends it as a crash does. */
async function browse(profile) {
  const program = spawn(process.env.CHROMIUM || chromium.executablePath(),
    [...quiet, "--headless=new", "--window-size=1280,900", "--use-fake-device-for-media-stream", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((done) => program.once("exit", done));
  const address = await new Promise((done, fail) => {
    let said = "";
    program.stderr.on("data", (data) => {
      said += data;
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(said);
      if (found) done(found[1]);
    });
    ended.then(() => fail(new Error(`the browser did not start: ${said}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  await context.setExtraHTTPHeaders({ "accept-language": "zh-CN" });
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "languages", { get: () => ["zh-CN"] });
    Object.defineProperty(Navigator.prototype, "language", { get: () => "zh-CN" });
  });
  const kill = async () => {
    process.kill(-program.pid, "SIGKILL");
    await ended;
    await browser.close().catch(() => {});
  };
  const page = context.pages()[0] ?? (await context.newPage());
  return { context, page, kill };
}

/** Opens a page of the site in this profile, with the clock at which tests begin. */
async function opened(profile, at = START) {
  const browser = await browse(profile);
  await setClock(browser.context, at, { still: true });
  await browser.page.goto(new URL("/", ORIGIN).href);
  // Relative addresses, as in tests with a base.
  const go = browser.page.goto.bind(browser.page);
  browser.page.goto = (address, options) => go(new URL(address, ORIGIN).href, options);
  return browser;
}

/** How many points each step has. */
const lengths = new Map();

async function pointsOf(step) {
  const profile = await mkdtemp(path.join(os.tmpdir(), "liangzheng-kill-"));
  const { page, context, kill } = await opened(profile);
  await context.addInitScript(countPoints);
  await step.before(page);
  await page.evaluate(() => (globalThis.points = []));
  await step.act(page);
  const done = step.done(page);
  if (done) await expect(done).toBeVisible();
  await expect.poll(() => page.evaluate(() => points.at(-1))).toMatch(/complete|after/);
  const { length } = await page.evaluate(() => points);
  await kill();
  await rm(profile, { recursive: true, force: true });
  return length;
}

/**
 * Does a step, kills the browser at one of its points, and opens the profile again. Round after round the points come in
 * order; after the last the browser is killed as soon as the page says that the step is done. In every second pass the
 * page goes on while the browser is being killed.
 */
export async function killed(step, round) {
  if (!lengths.has(step.name)) lengths.set(step.name, await pointsOf(step));
  const length = lengths.get(step.name);
  const killAt = (round % (length + 1)) + 1;
  const stand = Math.floor(round / (length + 1)) % 2 === 0;
  const profile = await mkdtemp(path.join(os.tmpdir(), "liangzheng-kill-"));
  try {
    const { page, context, kill } = await opened(profile);
    await context.addInitScript(countPoints);
    await page.goto("/");
    await step.before(page);
    let point = "done";
    const reached = new Promise((done) => page.on("console", (message) => {
      if (message.text().startsWith("kill ")) done((point = message.text().slice(5)));
    }));
    const arm = ({ killAt, stand }) => Object.assign(globalThis, { points: [], killAt, stand });
    await context.addInitScript(arm, { killAt, stand });
    await page.evaluate(arm, { killAt, stand });
    const acted = step.act(page).then(async () => {
      const done = step.done(page);
      if (done) await expect(done).toBeVisible();
      return "acknowledged";
    }).catch(() => "interrupted");
    const limit = new Promise((done) => setTimeout(done, 30_000).unref());
    const first = killAt > length ? await acted : await Promise.race([reached, limit]);
    await kill();
    await acted;
    const acknowledged = first === "acknowledged" && step.done(page) !== null;
    const again = await opened(profile, START + (step.name === "refresh" ? DAY / 4 : 0));
    try {
      const outcome = await step.found(again.page);
      const fault = acknowledged && outcome === "before" ? "what was said to be done is gone" : null;
      return { outcome, point, fault };
    } catch (error) {
      return { outcome: null, point, fault: error.message.split("\n")[0] };
    } finally {
      await again.kill();
    }
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}
