// The shipped module starts, and all parts of a version have the same build id.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { buildOf, loadSite } from "./module.mjs";

for (const name of ["LIANGZHENG_SITE", "LIANGZHENG_PRODUCTION_SITE"]) {
  test(`${name}: module, script, pages and service worker are of one build`, async () => {
    const folder = process.env[name];
    const { site, module } = await loadSite(folder);
    assert.match(site.build, /^[0-9a-f]{16}$/);
    assert.equal(buildOf(module), site.build);
    for (const page of ["index.html", "wallet/index.html", "verify/index.html"]) {
      const text = await readFile(join(folder, page), "utf8");
      assert.ok(text.includes(`<meta name="build" content="${site.build}">`), page);
    }
    assert.ok((await readFile(join(folder, "sw.js"), "utf8")).includes(`const build = "${site.build}"`));
  });

  test(`${name}: the module names no function and no path of the machine that built it`, async () => {
    const { module, bytes } = await loadSite(process.env[name]);
    assert.equal(WebAssembly.Module.customSections(module, "name").length, 0);
    for (const path of [process.env.HOME, process.cwd()]) {
      if (path && path.length > 3) assert.ok(!bytes.includes(`${path}/`), path);
    }
  });
}

// T-demo-in-production
test("demo and production are different builds", async () => {
  const demo = await loadSite(process.env.LIANGZHENG_SITE);
  const production = await loadSite(process.env.LIANGZHENG_PRODUCTION_SITE);
  assert.notEqual(demo.site.build, production.site.build);
});
