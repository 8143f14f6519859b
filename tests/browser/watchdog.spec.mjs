// A worker that dies or hangs never makes a verdict of its own: undetermined, and the next scan is right.
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { handIn, next, openVerifier, verdict } from "./support/verifier.mjs";
import { claim } from "./support/wallet.mjs";

/** The message that asks for a verdict waits until the test lets it go. */
function hold() {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.kind === "verify" && !globalThis.free) globalThis.release = (change) => post.call(this, change?.(message) ?? message, ...rest);
    else post.call(this, message, ...rest);
    if (message?.kind === "verify") globalThis.verifying = this;
  };
}

async function begin(world, films) {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const opened = await world.open({ at: shown.at + 2000 });
  await opened.context.addInitScript(hold);
  await openVerifier(opened.page, "roadside");
  await handIn(opened.page, pictures(shown.payload));
  await opened.page.waitForFunction(() => globalThis.release);
  return { ...opened, shown };
}

async function endsWell(page, shown) {
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", person: false, portrait: false });
  expect(seen.failed).toContain("interrupted");
  expect(seen.text).not.toContain("知夏");
  await next(page);
  await page.evaluate(() => (globalThis.free = true));
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
}

test("the verifying worker hangs in an endless loop", { tag: "@T-trap" }, async ({ world, films }) => {
  const { page, shown } = await begin(world, films);
  const worker = page.workers().find((worker) => worker.url().includes("verify-worker"));
  await worker.evaluate(() => { setTimeout(() => { for (;;); }); });
  await page.evaluate(() => globalThis.release());
  await endsWell(page, shown);
});

test("the verifying worker is ended from outside", { tag: "@T-trap" }, async ({ world, films }) => {
  const { page, shown } = await begin(world, films);
  await page.evaluate(() => globalThis.verifying.terminate());
  await endsWell(page, shown);
});

test("the verifying worker fails inside", { tag: "@T-trap" }, async ({ world, films }) => {
  const { page, shown } = await begin(world, films);
  await page.evaluate(() => globalThis.release((message) => ({ ...message, context: "{" })));
  await endsWell(page, shown);
});

test("an answer that comes too late is not heard", async ({ world, films }) => {
  const { page, shown } = await begin(world, films);
  await verdict(page);
  await page.evaluate(() => globalThis.release());
  await endsWell(page, shown);
});

test("the reading worker hangs: it is replaced, and reading goes on", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await world.open({ at: shown.at + 2000 });
  await openVerifier(page, "roadside");
  const reader = () => page.workers().find((worker) => worker.url().includes("scan-worker"));
  await expect.poll(() => Boolean(reader())).toBe(true);
  const replaced = page.waitForEvent("worker", { predicate: (worker) => worker.url().includes("scan-worker") });
  reader().evaluate(() => { for (;;); }).catch(() => {});
  await replaced;
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
});

test("an answer with another build, or that is no verdict, is not believed", { tag: ["@T-post-message", "@T-mixed-versions"] }, async ({ world, films }) => {
  const { page, shown } = await begin(world, films);
  await page.evaluate(() => {
    const forged = (data) => globalThis.verifying.dispatchEvent(new MessageEvent("message", { data }));
    forged({ kind: "verdict", id: 999, verdict: "{}" });
    forged({ kind: "verdict", id: 1, verdict: '{"colour":"green"}' });
  });
  await endsWell(page, shown);
});

test("a verifying worker that is missing is said at the start", async ({ page, guarded }) => {
  guarded.expect(/verify-worker|Failed to load resource|ERR_FAILED/);
  await page.route(/verify-worker/, (route) => route.abort());
  await page.goto("/verify/");
  await expect(page.locator("#no-judge")).toContainText("核验程序没有启动");
  await expect(page.locator("#no-judge")).toBeInViewport();
});

test("the worker of a screen that is left closes the picture that it holds, and ends by itself", async ({ page, context }) => {
  await page.addInitScript(() => {
    globalThis.terminated = 0;
    Worker.prototype.terminate = () => globalThis.terminated++;
    // What ends a worker that does not end by itself never comes.
    const later = globalThis.setTimeout;
    globalThis.setTimeout = (act, ms, ...rest) => (ms === 2000 ? 0 : later(act, ms, ...rest));
  });
  await context.grantPermissions(["camera"]);
  await claim(page, "lin");
  const readers = () => page.workers().filter((worker) => worker.url().includes("scan-worker")).length;
  for (let time = 0; time < 3; time++) {
    await page.getByRole("button", { name: "回答提问" }).click();
    await expect(page.locator("#scan")).toHaveAttribute("data-feed", /track|frame/);
    expect(readers()).toBe(1);
    await page.getByRole("button", { name: "返回" }).click();
    await expect.poll(readers).toBe(0);
  }
  expect(await page.evaluate(() => globalThis.terminated)).toBe(0);
});
