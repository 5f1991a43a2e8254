/** A cache of at most `max` entries. When it is full, the oldest entry goes that was not used since it was added or last spared. */
export type BoundedCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
};

type Entry<Value> = { value: Value; isUsed: boolean };

/** Spares used entries once (second chance): moving an entry at each use, as LRU does, makes the map reorganize itself all the time. */
export function createBoundedCache<Value>(max: number): BoundedCache<Value> {
  const entries = new Map<string, Entry<Value>>();

  function removeOne(): void {
    for (const [key, entry] of entries) {
      entries.delete(key);
      if (!entry.isUsed) return;
      entry.isUsed = false;
      entries.set(key, entry);
    }
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entry.isUsed = true;
      return entry.value;
    },
    set(key, value) {
      entries.delete(key);
      if (entries.size >= max) removeOne();
      entries.set(key, { value, isUsed: false });
    },
    delete: (key) => void entries.delete(key),
  };
}
