import { readFile } from 'node:fs/promises';

const folder = new URL('./files/', import.meta.url);

/** Returns the bytes of a file, by its path in the manifest. */
export async function read(file) {
  const url = new URL(file, folder);
  if (!url.href.startsWith(folder.href)) throw new RangeError(`no file of the vectors: ${file}`);
  return new Uint8Array(await readFile(url));
}

const json = async (file) => JSON.parse(new TextDecoder().decode(await read(file)));

/** Every file with its expected result. */
export const manifest = await json('manifest.json');

/** What the ready policies decide: people, days, policies, decisions. */
export const policyCases = await json('policy-cases.json');
