// What only JavaScript may create under Trusted Types: URLs of this site's own scripts.
const scripts = new Set(["/js/scan-worker.js", "/js/verify-worker.js", "/sw.js"]);
const policy = globalThis.trustedTypes?.createPolicy("app-url", {
  createScriptURL(url) {
    if (!scripts.has(url)) throw new TypeError(`not a script of this site: ${url}`);
    return url;
  },
});

export const scriptUrl = (url) => policy?.createScriptURL(url) ?? url;
