// The page's own defences: policies on every file, no eval, no frames, text only, pictures judged before they are decoded.
import { createServer } from "node:http";
import { expect, test } from "./support/fixtures.mjs";
import { choosePurpose, claim } from "./support/wallet.mjs";
import { openVerifier } from "./support/verifier.mjs";

/** Every file that the service worker's list and the pages name. */
async function files(request) {
  const list = await (await request.get("/sw.js")).text();
  const named = [...list.matchAll(/"(\/[^"\s]*)",\s*\{/g)].map(([, path]) => path);
  return [...new Set(["/", "/wallet/", "/verify/", "/errors/", "/sw.js", ...named])];
}

test("every file has every security header, workers and scripts too", async ({ request }) => {
  const paths = await files(request);
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => path.includes("-worker."))).toHaveLength(2);
  for (const path of paths) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    const headers = response.headers();
    const policy = headers["content-security-policy"];
    // The demo's page with both side by side shows two panes of its own origin, and nothing else is ever in a frame.
    const ancestors = ["/try/wallet/", "/try/verify/"].includes(path) ? "'self'" : "'none'";
    expect(policy.includes("frame-src 'self'"), path).toBe(path === "/try/");
    for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", `frame-ancestors ${ancestors}`,
      "require-trusted-types-for 'script'", "trusted-types app-url", "base-uri 'none'", "form-action 'none'"]) {
      expect(policy, path).toContain(part);
    }
    expect(policy, path).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    expect(headers, path).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    const permissions = headers["permissions-policy"];
    expect(permissions, path).toContain("camera=(self)");
    expect(permissions, path).toContain("microphone=()");
    // Clipboard and screen are for the verifier alone: beside a holder's key nothing looks at them.
    for (const name of ["clipboard-read", "clipboard-write", "display-capture"]) {
      expect(permissions, path).toContain(`${name}=(${path === "/verify/" ? "self" : ""})`);
    }
  }
});

test("a page runs no text as a script, and reaches no other origin", async ({ page, guarded }) => {
  guarded.expect(/Content Security Policy|TrustedHTML|TrustedScript|policy violation/i);
  await openVerifier(page);
  // As an injected script would: by the page's own means, in a turn of its own.
  const outcome = await page.evaluate(async () => {
    const tried = async (act) => {
      try {
        await act();
        return "done";
      } catch (error) {
        return error.name;
      }
    };
    const inline = () =>
      new Promise((done) => {
        globalThis.ran = false;
        const script = document.createElement("script");
        script.append("globalThis.ran = true");
        document.body.append(script);
        setTimeout(() => done(globalThis.ran), 50);
      });
    return {
      timeout: await tried(() => setTimeout("1")),
      html: await tried(() => (document.createElement("div").innerHTML = "<b>x</b>")),
      policy: await tried(() => trustedTypes.createPolicy("another", {})),
      worker: await tried(() => new Worker("/js/any.js")),
      fetched: await tried(() => fetch("https://example.com/")),
      inline: await inline().catch((error) => error.name),
    };
  });
  expect(outcome).toEqual({ timeout: expect.stringMatching(/EvalError|TypeError/), html: "TypeError", policy: "TypeError",
    worker: "TypeError", fetched: "TypeError", inline: expect.not.stringMatching(/^true$/) });
});

test("neither a page nor a worker evaluates a string", async ({ page, guarded }) => {
  guarded.expect(/Content Security Policy|TrustedScript|policy violation|unsafe-eval/i);
  await openVerifier(page);
  await expect.poll(() => page.workers().length).toBe(2);
  const evaluates = async () => {
    // A turn of its own: the debugger that runs this may evaluate, what comes later may not.
    await new Promise((done) => setTimeout(done));
    const tried = (act) => { try { return act(); } catch (error) { return error.name; } };
    return [tried(() => (0, eval)("1 + 1")), tried(() => Function("return 2")())];
  };
  for (const place of [page, ...page.workers()]) {
    const made = await place.evaluate(evaluates);
    for (const value of made) expect(String(value)).toMatch(/EvalError|TypeError/);
  }
});

test("a worker reaches no other origin", async ({ page }) => {
  await openVerifier(page);
  await expect.poll(() => page.workers().length).toBe(2);
  for (const worker of page.workers()) {
    const outcome = await worker.evaluate(() => fetch("https://example.com/").then(() => "fetched", (error) => error.name));
    expect(outcome).toBe("TypeError");
  }
});

for (const path of ["/wallet/", "/try/", "/try/wallet/"]) test(`another site cannot put ${path} into a frame`, async ({ page, baseURL, guarded }) => {
  guarded.expect(/frame-ancestors|refused to connect|ERR_BLOCKED_BY_RESPONSE|request to|Refused to frame|Framing/i);
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end(`<iframe src="${baseURL}${path}" width="800" height="800"></iframe>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await expect.poll(() => page.frames().length).toBe(2);
    await page.waitForLoadState();
    await expect(page.frames()[1].locator("#app")).toHaveCount(0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("a wallet at an address that is shared refuses to store", async ({ page }) => {
  await page.route("**/sub/wallet/", async (route) => {
    const response = await route.fetch({ url: route.request().url().replace("/sub/wallet/", "/wallet/") });
    await route.fulfill({ response });
  });
  await page.goto("/sub/wallet/");
  await expect(page.getByRole("heading", { name: "这个网址与其他页面共用" })).toBeVisible();
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

test("what a text holds is never markup", async ({ page }) => {
  await claim(page, "shangguan");
  await choosePurpose(page, "roadside");
  const markup = await page.evaluate(() => document.querySelectorAll("script:not([src]), [onclick], [onload], [onerror], [style]").length);
  expect(markup).toBe(0);
});

test("a module of another build is refused, and the page says that it could not start", async ({ page, guarded }) => {
  guarded.expect(/different builds|integrity|Failed to find a valid digest|page error|console error/i);
  await page.route("**/pkg/site_bg.*.wasm", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] ^= 1;
    await route.fulfill({ response, body });
  });
  await page.goto("/wallet/");
  await expect(page.locator("#broken")).toBeVisible();
  await expect(page.locator("#app")).toBeHidden();
  // The page asks for it once more by itself.
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("nothing personal is left in web storage or in the address", async ({ page }) => {
  await claim(page, "lin");
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + location.href);
  for (const secret of ["林", "Lin", "C1", "观澜"]) expect(kept).not.toContain(secret);
});
