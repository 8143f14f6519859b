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

test("every file has every security header, workers and scripts too", { tag: "@T-worker-outside-csp" }, async ({ request }) => {
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

test("a page runs no text as a script, and reaches no other origin", { tag: ["@T-text-spoofing", "@T-open-redirect"] }, async ({ page, guarded }) => {
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

test("neither a page nor a worker evaluates a string", { tag: "@T-worker-outside-csp" }, async ({ page, guarded }) => {
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

test("a worker reaches no other origin", { tag: "@T-worker-outside-csp" }, async ({ page }) => {
  await openVerifier(page);
  await expect.poll(() => page.workers().length).toBe(2);
  for (const worker of page.workers()) {
    const outcome = await worker.evaluate(() => fetch("https://example.com/").then(() => "fetched", (error) => error.name));
    expect(outcome).toBe("TypeError");
  }
});

for (const path of ["/wallet/", "/try/", "/try/wallet/", "/authority/"]) test(`another site cannot put ${path} into a frame`, { tag: ["@T-framed", "@T-partner-script"] }, async ({ page, baseURL, guarded }) => {
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

test("a wallet at an address that is shared refuses to store", { tag: ["@T-shared-origin", "@T-partner-script"] }, async ({ page }) => {
  await page.route("**/sub/wallet/", async (route) => {
    const response = await route.fetch({ url: route.request().url().replace("/sub/wallet/", "/wallet/") });
    await route.fulfill({ response });
  });
  await page.goto("/sub/wallet/");
  await expect(page.getByRole("heading", { name: "这个网址与其他页面共用" })).toBeVisible();
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

test("what a text holds is never markup", { tag: "@T-text-spoofing" }, async ({ page }) => {
  await claim(page, "shangguan");
  await choosePurpose(page, "roadside");
  const markup = await page.evaluate(() => document.querySelectorAll("script:not([src]), [onclick], [onload], [onerror], [style]").length);
  expect(markup).toBe(0);
});

test("a module of another build is refused, and the page says that it could not start", { tag: ["@T-mixed-versions", "@T-release-altered"] }, async ({ page, guarded }) => {
  guarded.expect(/different builds|integrity|Failed to find a valid digest|page error|console error/i);
  await page.route("**/pkg/page-wallet_bg.*.wasm", async (route) => {
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

test("nothing personal is left in web storage or in the address", { tag: "@T-local-leak" }, async ({ page }) => {
  await claim(page, "lin");
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + location.href);
  for (const secret of ["林", "Lin", "C1", "观澜"]) expect(kept).not.toContain(secret);
});

/** Texts that poison a prototype where they are merged into an object. */
const POLLUTING = [
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '[["__proto__",{"polluted":1}]]',
  "__proto__.polluted=1",
  "__proto__",
  "constructor",
  "hasOwnProperty",
];

for (const path of ["/wallet/", "/verify/"]) {
  test(`what is remembered, pasted or dropped changes no prototype on ${path}`, { tag: "@T-prototype-pollution" }, async ({ page }) => {
    await (path === "/wallet/" ? claim(page, "lin") : openVerifier(page));
    const prototypes = () => page.evaluate(() =>
      [Object, Array, Function, String, Number, Map, Promise, Event, Element].map(({ name, prototype }) => [name, Object.getOwnPropertyNames(prototype).length]));
    const before = await prototypes();
    for (const text of POLLUTING) {
      await page.evaluate((text) => {
        for (const name of Object.keys(localStorage)) if (name !== "liangzheng.wallet") localStorage.setItem(name, text);
        for (const name of ["language", "purpose", "verify.purpose", "verify.offset", "verify.state-classes", "verify.trust-lists", "verify.seen"]) {
          localStorage.setItem(`liangzheng.${name}`, text);
        }
        const data = new DataTransfer();
        data.setData("text/plain", text);
        document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        const files = new DataTransfer();
        files.items.add(new File([text], `${text.slice(0, 20)}.json`, { type: "application/json" }));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
      }, text);
      await page.reload();
      await expect(page.locator("html")).toHaveAttribute("data-start", "started");
    }
    expect(await prototypes()).toEqual(before);
    expect(await page.evaluate(() => ({}).polluted)).toBeUndefined();
  });

  test(`no message of a window changes ${path}, and none is answered`, { tag: "@T-post-message" }, async ({ page }) => {
    await page.addInitScript(() => {
      globalThis.listening = [];
      const listen = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        if (type === "message" && this === globalThis) listening.push(String(rest[0]));
        return listen.call(this, type, ...rest);
      };
    });
    await (path === "/wallet/" ? claim(page, "lin") : openVerifier(page));
    const before = await page.locator("#app").innerHTML();
    const answers = await page.evaluate(async () => {
      const channel = new MessageChannel();
      const answers = [];
      channel.port1.onmessage = ({ data }) => answers.push(data);
      const messages = [null, "changed", { kind: "frames" }, { kind: "payload", build: "x" }, { kind: "stop" }, { type: "withdraw" }, new ArrayBuffer(8)];
      for (const message of messages) {
        postMessage(message, "*", [channel.port2].filter(() => message === null));
        dispatchEvent(new MessageEvent("message", { data: message, origin: "null" }));
        dispatchEvent(new MessageEvent("message", { data: message, origin: "https://partner.example", source: globalThis }));
      }
      // Messages of the window arrive as tasks; two turns later all have.
      for (let turn = 0; turn < 2; turn++) await new Promise((done) => setTimeout(done));
      return answers;
    });
    expect(answers).toEqual([]);
    expect(await page.evaluate(() => [listening, onmessage])).toEqual([[], null]);
    expect(await page.locator("#app").innerHTML()).toBe(before);
  });
}
