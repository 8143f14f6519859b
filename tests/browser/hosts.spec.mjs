// Hosts that answer wrongly, late or never: the pages say so from their own HTML, and mend themselves.
import { expect, test } from "@playwright/test";
import { Host, readSite } from "./support/host.mjs";

let host;
test.beforeEach(async () => {
  test.skip(!process.env.LIANGZHENG_SITE, "run by: cargo xtask test --only browser");
  host = await new Host(await readSite(process.env.LIANGZHENG_SITE)).start();
});
test.afterEach(() => host?.stop());

const started = (page) => expect(page.locator("html")).toHaveAttribute("data-start", "started");
const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

for (const type of ["application/octet-stream", undefined, "application/wasm; charset=utf-8", "text/plain"]) {
  test(`a module that is served as ${type ?? "nothing"} starts, and is kept with its right type`, async ({ page }) => {
    const modules = [...host.files.keys()].filter((path) => path.endsWith(".wasm"));
    expect(modules).toHaveLength(5);
    for (const module of modules) host.files.set(module, { ...host.files.get(module), type });
    for (const path of ["/wallet/", "/verify/"]) {
      await page.goto(host.url + path);
      await started(page);
    }
    await controlled(page);
    for (const module of modules) {
      const kept = await page.evaluate(async (url) => (await fetch(url)).headers.get("content-type"), module);
      expect(kept, module).toBe("application/wasm");
    }
  });
}

test("a first visit asks for every file once", async ({ page }) => {
  await page.goto(`${host.url}/wallet/`);
  await controlled(page);
  const times = new Map();
  for (const path of host.asked) times.set(path, (times.get(path) ?? 0) + 1);
  expect([...times].filter(([path, count]) => count > 1 && path !== "/sw.js")).toEqual([]);
});

const altered = ({ type, bytes }) => {
  const other = Buffer.from(bytes);
  other[other.length >> 1] ^= 1;
  return { type, bytes: other };
};
const faults = {
  "is missing": () => ({ status: 404, type: "text/plain", bytes: "none" }),
  "is the start page": () => ({ type: "text/html", bytes: host.files.get("/").bytes }),
  "is altered": altered,
};
for (const file of ["/js/guard.", "/js/wallet.", "/js/boot.", "/js/module.", "/pkg/page-wallet.", "/pkg/page-wallet_bg.", "/styles/layout."]) {
  for (const [fault, wrong] of Object.entries(faults)) {
    test(`${file}* once ${fault}, for a year in the HTTP cache: the page starts all the same`, async ({ page }) => {
      host.cacheControl = "public, max-age=31536000, immutable";
      const path = host.path(file);
      host.wrong.set(path, [wrong(host.files.get(path))]);
      await page.goto(`${host.url}/wallet/`);
      await started(page);
      await expect(page.locator('[data-screen="start"], .welcome, #app h1').first()).toBeVisible();
      await expect(page.locator("#broken")).toBeHidden();
    });
  }
}

for (const [locale, words] of [["zh-CN", "页面未能启动"], ["en-GB", "The page could not start"]]) {
  test(`a script that stays broken is said in ${locale}, and a touch starts the mended page`, async ({ browser }) => {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    host.missing.add(host.path("/js/boot."));
    await page.goto(`${host.url}/verify/`);
    await expect(page.locator("#broken")).toContainText(words);
    await expect(page.locator("#broken")).toBeVisible();
    host.missing.clear();
    await page.locator("#broken [data-start-again]").click();
    await started(page);
    await expect(page.locator("#broken")).toBeHidden();
    await context.close();
  });
}

for (const file of ["/js/boot.", "/styles/tokens.", "/pkg/page-wallet_bg."]) {
  test(`${file}* that never answers is said after ten seconds`, async ({ page }) => {
    await page.clock.install();
    host.silent.add(host.path(file));
    await page.goto(`${host.url}/wallet/`, { waitUntil: "commit" });
    await page.waitForFunction(() => document.documentElement.dataset.start === "loading" && document.getElementById("slow"));
    await page.clock.runFor(10_000);
    await expect(page.locator("#slow")).toBeVisible();
    await expect(page.locator("#slow button")).toBeEnabled();
    host.silent.clear();
    await page.locator("#slow [data-start-again]").click();
    await page.clock.runFor(20_000);
    await started(page);
  });
}

for (const [fault, wrong] of Object.entries(faults)) {
  test(`the module of a worker that ${fault} is said, and the page works once it is mended`, async ({ browser }) => {
    // A service worker would ask for the module as well.
    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    const module = host.path("/pkg/worker-scan_bg.");
    host.wrong.set(module, [1, 2].map(() => wrong(host.files.get(module))));
    await page.goto(`${host.url}/verify/`);
    await started(page);
    const broken = page.getByText("读取程序未能启动").filter({ visible: true }).first();
    await expect(broken).toBeVisible();
    await page.goto(`${host.url}/verify/`);
    await started(page);
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("worker-scan_bg")));
    await expect(broken).toBeHidden();
    await context.close();
  });
}

test("a page asks for its own module first, and for those of its workers once", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.replace(/\.[0-9a-f]{16}/, "")));
  await page.goto(`${host.url}/verify/`);
  await controlled(page);
  expect(asked.filter((path) => path.endsWith("_bg.wasm"))).toEqual(
    ["/pkg/page-verify_bg.wasm", "/pkg/worker-scan_bg.wasm", "/pkg/worker-verify_bg.wasm"]);
  asked.length = 0;
  await page.goto(`${host.url}/wallet/`);
  await started(page);
  expect(asked.filter((path) => path.endsWith("_bg.wasm"))).toEqual(["/pkg/page-wallet_bg.wasm"]);
});

test("a browser without WebAssembly says that it is switched off", async ({ page }) => {
  await page.addInitScript(() => delete globalThis.WebAssembly);
  for (const path of ["/wallet/", "/verify/"]) {
    await page.goto(host.url + path);
    await expect(page.locator("#no-wasm")).toBeVisible();
  }
  // The start page needs none.
  await page.goto(`${host.url}/`);
  await started(page);
  await expect(page.locator("#broken")).toBeHidden();
});

test("the texts of every page stand in its HTML, in the language of the reader", async ({ browser }) => {
  for (const [locale, shown, hidden] of [["zh-CN", "zh-CN", "en"], ["en-GB", "en", "zh-CN"]]) {
    const context = await browser.newContext({ locale, serviceWorkers: "block" });
    const page = await context.newPage();
    // Nothing but the guard and the styles arrives.
    await page.route(/\/(pkg|js\/(boot|plain|module|wallet|verify))/, () => {});
    for (const path of ["/", "/wallet/", "/verify/", "/errors/", "/about/", "/privacy/", "/404.html"]) {
      await page.goto(host.url + path, { waitUntil: "commit" });
      await expect(page.locator(`main [lang="${shown}"]`).filter({ visible: true }).first(), path).toBeVisible();
      await expect(page.locator(`main [lang="${hidden}"]`).filter({ visible: true }), path).toHaveCount(0);
    }
    await context.close();
  }
});

test("the start page asks for no Wasm", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${host.url}/`);
  await started(page);
  expect(asked.filter((path) => path.startsWith("/pkg/"))).toEqual([]);
});
