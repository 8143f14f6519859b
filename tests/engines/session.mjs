// Firefox and WebKitGTK by their own remote control: Marionette and WebDriver have the same commands (W3C WebDriver), over
// a socket and over HTTP.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createConnection, createServer } from "node:net";
import os from "node:os";
import path from "node:path";

/** How long a browser may take to start, and a state to come, in milliseconds: a limit for what hangs, not for speed. */
const LIMIT = 120_000;

/** A port that is free now. */
const freePort = () => new Promise((done) => {
  const server = createServer();
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** Asks `attempt` again until it returns something, or fails with what was last wrong. */
async function until(what, attempt) {
  const end = Date.now() + LIMIT;
  for (;;) {
    let wrong;
    try {
      const found = await attempt();
      if (found) return found;
    } catch (error) {
      wrong = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not in ${LIMIT} ms`, { cause: wrong });
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A page of a browser. `command` sends a command by its Marionette name, and returns its value. */
class Page {
  constructor(name, command, close) {
    Object.assign(this, { name, command, close });
  }
  open(url) {
    return this.command("Navigate", { url });
  }
  /** Runs a function in the page with these arguments; a promise is waited for. */
  run(work, ...args) {
    const script = `const done = arguments[arguments.length - 1]; Promise.resolve((${work})(...[...arguments].slice(0, -1))).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    return this.command("ExecuteAsyncScript", { script, args }).then(({ value, error }) => {
      if (error) throw new Error(error);
      return value;
    });
  }
  /** Waits until an element is shown that has this text; returns its text. */
  shown(selector, text = "") {
    return until(`${this.name}: ${selector} with "${text}"`, () => this.run((selector, text) => {
      const shown = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility?.() !== false && one.getClientRects().length > 0 && one.textContent.includes(text));
      return shown?.textContent.trim() || (shown ? " " : null);
    }, selector, text));
  }
  /** Clicks the element that is shown and has this text, as a mouse does. */
  async click(selector, text = "") {
    await this.shown(selector, text);
    const element = await this.command("ExecuteScript", {
      script: `const [selector, text] = arguments; return [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length > 0 && one.textContent.includes(text));`,
      args: [selector, text],
    });
    // A reference to an element is an object with one member.
    await this.command("ElementClick", { id: Object.values(element)[0] });
  }
}

/** Ends a program and everything that it started. */
async function end(program) {
  if (program.exitCode !== null) return;
  const ended = new Promise((done) => program.once("exit", done));
  try {
    process.kill(-program.pid, "SIGKILL");
  } catch {
    return;
  }
  await ended;
}

/** Opens Firefox without a window. */
export async function firefox(program) {
  const profile = await mkdtemp(path.join(os.tmpdir(), "liangzheng-firefox-"));
  const port = await freePort();
  await writeFile(path.join(profile, "user.js"), [
    `user_pref("marionette.port", ${port});`,
    'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
    'user_pref("app.update.enabled", false);',
  ].join("\n"));
  const child = spawn(program, ["--headless", "--no-remote", "--marionette", "--profile", profile], { detached: true, stdio: "ignore" });
  const socket = await until("Firefox starts", () => new Promise((done) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => done(socket));
    socket.once("error", () => done(null));
  }));
  // Each packet is its length, a colon, and JSON.
  let received = Buffer.alloc(0);
  const waiting = new Map();
  socket.on("data", (data) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const colon = received.indexOf(":");
      const length = Number(received.subarray(0, colon));
      if (colon < 0 || received.length < colon + 1 + length) return;
      const packet = JSON.parse(received.subarray(colon + 1, colon + 1 + length));
      received = received.subarray(colon + 1 + length);
      // The first one is a greeting.
      if (!Array.isArray(packet)) continue;
      const [, id, error, result] = packet;
      const [done, fail] = waiting.get(id);
      waiting.delete(id);
      if (error) fail(new Error(`${error.error}: ${error.message}`));
      else done(result && "value" in result && Object.keys(result).length === 1 ? result.value : result);
    }
  });
  let last = 0;
  const command = (name, parameters = {}) => new Promise((done, fail) => {
    const id = ++last;
    waiting.set(id, [done, fail]);
    const packet = JSON.stringify([0, id, `WebDriver:${name}`, parameters]);
    socket.write(`${Buffer.byteLength(packet)}:${packet}`);
  });
  await command("NewSession", { capabilities: { alwaysMatch: { acceptInsecureCerts: false } } });
  await command("SetTimeouts", { script: LIMIT, pageLoad: LIMIT });
  return new Page("Firefox", command, async () => {
    socket.destroy();
    await end(child);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
}

/** The paths of WebDriver's commands, and what they take from the parameters. */
const PATHS = {
  Navigate: () => ["POST", "url"],
  ExecuteScript: () => ["POST", "execute/sync"],
  ExecuteAsyncScript: () => ["POST", "execute/async"],
  SetTimeouts: () => ["POST", "timeouts"],
  ElementClick: ({ id }) => ["POST", `element/${id}/click`],
};

/** Opens WebKitGTK's MiniBrowser on a display of its own. */
export async function webkit(program) {
  const [port, display] = [await freePort(), await freeDisplay()];
  const server = spawn("Xvfb", [`:${display}`, "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { detached: true, stdio: "ignore" });
  await until("Xvfb starts", async () => (await readdir("/tmp/.X11-unix").catch(() => [])).includes(`X${display}`));
  const env = { ...process.env, DISPLAY: `:${display}`, WEBKIT_DISABLE_COMPOSITING_MODE: "1", NO_AT_BRIDGE: "1" };
  // Sandboxes need rights that a container does not give.
  env.WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS = "1";
  const child = spawn(program, [`--port=${port}`, "--host=127.0.0.1"], { detached: true, stdio: "ignore", env });
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await until("WebKitWebDriver starts", () => ask("GET", "status").then(({ ready }) => ready));
  const { sessionId } = await ask("POST", "session", { capabilities: { alwaysMatch: {} } });
  const command = (name, parameters) => {
    const [method, path] = PATHS[name](parameters);
    return ask(method, `session/${sessionId}/${path}`, parameters);
  };
  await command("SetTimeouts", { script: LIMIT, pageLoad: LIMIT });
  return new Page("WebKitGTK", command, async () => {
    await ask("DELETE", `session/${sessionId}`).catch(() => {});
    await end(child);
    await end(server);
  });
}

/** The number of an X display that nobody has. */
async function freeDisplay() {
  const taken = await readdir("/tmp/.X11-unix").catch(() => []);
  for (let number = 90; ; number++) if (!taken.includes(`X${number}`)) return number;
}
