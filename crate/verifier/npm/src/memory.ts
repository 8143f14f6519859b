import type { ReplayStore } from './types.js';

/** Most presentations that are remembered. */
const MOST = 10_000;

/**
 * Returns a store of received codes in the memory of this process.
 *
 * It is enough for one page, or for a server with one process. Several processes need a store that they share.
 */
export function memoryStore(now: () => Date = () => new Date()): ReplayStore {
  const received = new Map<string, { at: Date; until: Date }>();
  return {
    add(key, until) {
      const at = now();
      for (const [old, entry] of received) {
        // Oldest first: what follows was received later.
        if (entry.until >= at && received.size < MOST) break;
        received.delete(old);
      }
      const before = received.get(key);
      if (before) return before.at;
      received.set(key, { at, until });
      return true;
    },
  };
}
