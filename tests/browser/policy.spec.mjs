// The policy that each page carries itself, for hosts that send no headers, and what it alone still stops.
import { expect, test } from "./support/fixtures.mjs";

const pages = ["/", "/wallet/", "/verify/", "/errors/", "/about/", "/privacy/", "/try/", "/authority/"];

test("every page has the policy in itself, before anything that it could stop", { tag: "@T-release-altered" }, async ({ request }) => {
  for (const path of pages) {
    const text = await (await request.get(path)).text();
    const [tag, policy] = text.match(/<meta http-equiv="Content-Security-Policy" content="([^"]+)">/);
    for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'",
      "require-trusted-types-for 'script'", "trusted-types app-url"]) {
      expect(policy, path).toContain(part);
    }
    expect(policy, path).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    expect(text.indexOf(tag), path).toBeLessThan(text.search(/<(script|link|style)/));
    expect(text, path).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|javascript:/i);
  }
});

for (const path of pages) {
  test(`${path} starts on a host without headers, and still evaluates nothing`, async ({ page, guarded }) => {
    guarded.expect(/Content Security Policy|TrustedHTML|TrustedScript|policy violation|unsafe-eval/i);
    await page.route("**/*", async (route) => {
      const response = await route.fetch();
      const headers = { "content-type": response.headers()["content-type"] };
      await route.fulfill({ response, headers });
    });
    await page.goto(path);
    await expect(page.locator("#broken")).toBeHidden();
    await expect(page.locator("h1, h2").filter({ visible: true }).first()).toHaveText(/\S/);
    const outcome = await page.evaluate(async () => {
      const tried = async (act) => {
        try {
          await act();
          return "done";
        } catch (error) {
          return error.name;
        }
      };
      // In a turn of its own: what the debugger itself calls may evaluate.
      await new Promise((done) => setTimeout(done));
      return [
        await tried(() => (0, eval)("1")),
        await tried(() => new Worker("data:text/javascript,")),
        await tried(() => (document.createElement("p").innerHTML = "<b>x</b>")),
        await tried(() => fetch("https://example.com/")),
      ];
    });
    expect(outcome).toEqual([expect.stringMatching(/EvalError|TypeError/), "TypeError", "TypeError", "TypeError"]);
    // What the page still asks for when the test is over is of no interest.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
}
