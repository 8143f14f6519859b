// What the wallet's database holds.

/** The records of one of its stores, in the order of their keys. */
export const records = (page, name) => page.evaluate(async (name) => {
  const settled = (request) => new Promise((done, fail) => ((request.onsuccess = () => done(request.result)), (request.onerror = fail)));
  const database = await settled(indexedDB.open("liangzheng"));
  const store = database.transaction(name).objectStore(name);
  const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
  database.close();
  return keys.map((key, at) => {
    const { generation, key: signs, credential } = values[at];
    return { key, generation, hasKey: signs instanceof CryptoKey, credential: credential && [...credential].join() };
  });
}, name);

/** The licence that counts, if one is stored. */
export const current = async (page) => (await records(page, "licence")).find(({ key }) => key === "current");
