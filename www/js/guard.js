// Runs before anything else of a page, and needs nothing else: shows the texts in the reader's language, says so when the
// page cannot start, and fetches its files again past every cache. A classic script, so that no broken module stops it.
(() => {
  const root = document.documentElement;
  const LANGUAGE = "liangzheng.language";
  const SLOW_MS = 10_000;
  const FETCH_MS = 20_000;
  const TRIED = "liangzheng.started-again";

  let stored;
  try {
    stored = localStorage.getItem(LANGUAGE);
  } catch {
    // A browser that keeps nothing: its own language decides.
  }
  const speak = (tag) => {
    root.lang = tag;
    // Attributes and the title hold one language; both stand beside them.
    const other = tag === "en" ? "data-en" : "data-zh";
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      for (const element of document.querySelectorAll(`[${other}-${name}]`)) {
        element.setAttribute(name, element.getAttribute(`${other}-${name}`));
      }
    }
    const title = document.querySelector(`title[${other}]`);
    if (title) document.title = title.getAttribute(other);
  };
  root.lang = (stored ?? navigator.language ?? "").startsWith("zh") ? "zh-CN" : "en";
  root.dataset.start = "loading";

  // One reload by itself for each tab and address; after that the reader decides.
  const tried = {
    read: () => {
      try {
        return sessionStorage.getItem(TRIED) === location.pathname;
      } catch {
        return true;
      }
    },
    write: (set) => {
      try {
        if (set) sessionStorage.setItem(TRIED, location.pathname);
        else sessionStorage.removeItem(TRIED);
      } catch {
        // As above.
      }
    },
  };

  const say = (state) => {
    root.dataset.start = state;
    const noWasm = document.getElementById("no-wasm");
    if (noWasm) noWasm.hidden = "WebAssembly" in globalThis;
  };

  // Every file that the page names, with its hash.
  const named = () =>
    Array.from(document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=modulepreload], link[rel=preload]"),
      ({ src, href, integrity }) => [src || href, integrity || ""]);

  // A bad answer may lie in the HTTP cache for a year; an older service worker may hold another version.
  async function again() {
    tried.write(true);
    const limit = () => ({ signal: AbortSignal.timeout(FETCH_MS) });
    const files = named().map(([url, integrity]) => fetch(url, { cache: "reload", integrity, ...limit() }));
    const update = async () => {
      const registration = await navigator.serviceWorker?.getRegistration();
      await registration?.update();
      registration?.waiting?.postMessage("take-over");
    };
    const patience = new Promise((resolve) => setTimeout(resolve, FETCH_MS));
    await Promise.race([Promise.allSettled([...files, update()]), patience]);
    location.reload();
  }

  let failed = false;
  function fail() {
    if (failed || root.dataset.start === "started") return;
    failed = true;
    say("broken");
    if ("WebAssembly" in globalThis && !tried.read()) again();
  }

  globalThis.liangzhengStart = {
    choose(tag) {
      speak(tag);
      try {
        localStorage.setItem(LANGUAGE, tag);
      } catch {
        // As above.
      }
    },
    started() {
      root.dataset.start = "started";
      tried.write(false);
    },
    failed: fail,
  };

  addEventListener("error", ({ target }) => {
    const script = target instanceof HTMLScriptElement;
    const style = target instanceof HTMLLinkElement && target.rel === "stylesheet";
    if (script || style) fail();
  }, true);

  setTimeout(() => {
    if (root.dataset.start !== "loading") return;
    // A style that never answers keeps the whole page from being painted, and its scripts from running. Without it the
    // page may start at once; that something is missing is still said.
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      if (link.sheet) continue;
      link.remove();
      root.dataset.unstyled = "";
    }
    say("slow");
  }, SLOW_MS);

  // Before the deferred scripts, of which one may never arrive.
  document.addEventListener("readystatechange", () => document.readyState === "interactive" && speak(root.lang));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-start-again]");
    if (!button) return;
    button.disabled = true;
    again();
  });
})();
