// The shipped modules start, and all parts of a version have the same build id.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { buildOf, loadSite } from "./module.mjs";

for (const name of ["LIANGZHENG_SITE", "LIANGZHENG_PRODUCTION_SITE"]) {
  test(`${name}: modules, scripts, pages and service worker are of one build`, async () => {
    const folder = process.env[name];
    const { site, modules } = await loadSite(folder);
    assert.match(site.build, /^[0-9a-f]{16}$/);
    for (const { program, exports, module } of modules) {
      assert.equal(exports.build, site.build, program);
      assert.equal(buildOf(module), site.build, program);
    }
    for (const page of ["index.html", "wallet/index.html", "verify/index.html"]) {
      const text = await readFile(join(folder, page), "utf8");
      assert.ok(text.includes(`<meta name="build" content="${site.build}">`), page);
    }
    assert.ok((await readFile(join(folder, "sw.js"), "utf8")).includes(`const build = "${site.build}"`));
  });

  test(`${name}: no module names a function or a path of the machine that built it`, async () => {
    for (const { program, module, bytes } of (await loadSite(process.env[name])).modules) {
      assert.equal(WebAssembly.Module.customSections(module, "name").length, 0, program);
      for (const path of [process.env.HOME, process.cwd()]) {
        if (path && path.length > 3) assert.ok(!bytes.includes(`${path}/`), `${program}: ${path}`);
      }
    }
  });
}

// T-demo-in-production
test("demo and production are different builds", async () => {
  const demo = await loadSite(process.env.LIANGZHENG_SITE);
  const production = await loadSite(process.env.LIANGZHENG_PRODUCTION_SITE);
  assert.notEqual(demo.site.build, production.site.build);
});
