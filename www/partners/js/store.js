// What this device keeps, in IndexedDB of the partner's origin. No other origin can read it.

const STORES = ['bookings', 'proposals', 'policies', 'records', 'journals', 'seen'];
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('partners', 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name, { keyPath: 'id' }));
    request.onsuccess = () => {
      request.result.onclose = () => (opened = undefined);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function within(store, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    let result;
    work(transaction.objectStore(store), (value) => (result = value));
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const read = (store, ask) => within(store, 'readonly', (list, set) => (ask(list).onsuccess = ({ target }) => set(target.result)));

export const all = (store) => read(store, (list) => list.getAll());
export const get = (store, id) => read(store, (list) => list.get(id));
export const put = (store, value) => within(store, 'readwrite', (list) => list.put(value));
export const remove = (store, id) => within(store, 'readwrite', (list) => list.delete(id));

/** Empties a store, and fills it. */
export const replace = (store, values) =>
  within(store, 'readwrite', (list) => {
    list.clear();
    values.forEach((value) => list.put(value));
  });

/** Remembers received codes (`ReplayStore`): several windows of this desk share it. */
export const seen = {
  add: (key, until) =>
    within('seen', 'readwrite', (list, set) => {
      const now = new Date();
      list.get(key).onsuccess = ({ target: { result } }) => {
        if (result && result.until > now) return set(result.at);
        list.put({ id: key, at: now, until });
        set(true);
      };
      list.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (cursor.value.until < now) cursor.delete();
        cursor.continue();
      };
    }),
};
