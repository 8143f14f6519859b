// What a build leaves in the browser of a person who used it: a folder of a Chromium profile, and the same as records.
import { chromium } from "@playwright/test";
import { readdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ORIGIN, quiet, START } from "./fixtures.mjs";

/** The origin whose data are kept. Storage belongs to an origin, and the site is served on another port every time. */
export const STORED_ORIGIN = "http://stored.localhost";

/** The moment at which the data are opened: two hours after they were made, so that nothing is refreshed. */
export const OPENED = START + 2 * 3_600_000;

/** The parts of a profile that hold a site's data. */
const PARTS = ["IndexedDB", "Local Storage"];

/** Opens a profile folder; `STORED_ORIGIN` is the site that is served now. */
export function openProfile(folder) {
  const { hostname, port } = new URL(ORIGIN);
  const address = hostname === "localhost" ? "127.0.0.1" : hostname;
  const rules = `MAP ${new URL(STORED_ORIGIN).hostname}:80 ${address}:${port || 80}`;
  return chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM || undefined,
    args: [...quiet, "--use-fake-device-for-media-stream", `--host-resolver-rules=${rules}`],
    baseURL: STORED_ORIGIN,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
  });
}

/** An empty folder for a profile. */
export const profileFolder = () => mkdtemp(path.join(tmpdir(), "liangzheng-profile-"));

/** Copies a site's data out of a profile that is closed, or into one that was never opened. */
export async function copyProfile(from, to) {
  // What a browser makes anew by itself.
  const filter = (file) => !/^(LOCK|LOG(\.old)?)$/.test(path.basename(file));
  for (const part of PARTS) {
    const target = path.join(to, "Default", part);
    await mkdir(target, { recursive: true });
    await cp(path.join(from, "Default", part), target, { recursive: true, filter });
  }
}

/** Removes a folder. */
export const removeFolder = (folder) => rm(folder, { recursive: true, force: true });

/** The databases and localStorage of a page's origin, as JSON: bytes as `{bytes}`, a key as `{jwk, …}` from `keys`. */
export const dump = (page, keys) => page.evaluate(async (keys) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const text = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const plain = (value) => {
    if (value instanceof Uint8Array) return { bytes: text(value) };
    if (value instanceof CryptoKey) {
      const { type, extractable, algorithm: { name, namedCurve }, usages } = value;
      return { jwk: keys.at(-1), type, extractable, algorithm: { name, namedCurve }, usages };
    }
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
    return value;
  };
  const databases = [];
  for (const { name, version } of (await indexedDB.databases()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const database = await done(indexedDB.open(name));
    const stores = [];
    for (const store of database.objectStoreNames) {
      const { autoIncrement } = database.transaction(store).objectStore(store);
      const names = await done(database.transaction(store).objectStore(store).getAllKeys());
      const values = await done(database.transaction(store).objectStore(store).getAll());
      stores.push({ name: store, autoIncrement, records: names.map((key, at) => ({ key, value: plain(values[at]) })) });
    }
    databases.push({ name, version, stores });
    database.close();
  }
  return { databases, localStorage: { ...localStorage } };
}, keys);

/** Writes what `dump` gave into the empty origin of a page. */
export const restore = (page, records) => page.evaluate(async ({ databases, localStorage: items }) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const whole = async (value) => {
    if (typeof value?.bytes === "string") return Uint8Array.from(atob(value.bytes), (letter) => letter.charCodeAt(0));
    if (value?.jwk) return crypto.subtle.importKey("jwk", value.jwk, value.algorithm, value.extractable, value.usages);
    if (Array.isArray(value)) return Promise.all(value.map(whole));
    if (value && typeof value === "object") {
      const parts = Object.entries(value).map(async ([name, part]) => [name, await whole(part)]);
      return Object.fromEntries(await Promise.all(parts));
    }
    return value;
  };
  for (const { name, version, stores } of databases) {
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = () => {
      for (const { name, autoIncrement } of stores) opening.result.createObjectStore(name, { autoIncrement });
    };
    const database = await done(opening);
    for (const { name, records } of stores) {
      for (const { key, value } of records) {
        const kept = await whole(value);
        await done(database.transaction(name, "readwrite").objectStore(name).put(kept, key));
      }
    }
    database.close();
  }
  for (const [name, value] of Object.entries(items)) localStorage.setItem(name, value);
}, records);

const kept = path.join(import.meta.dirname, "../stored");

/** The names of the folders in `stored/`, one for each build whose data are kept. */
export const storedBuilds = () => readdirSync(kept, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
