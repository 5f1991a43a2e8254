/** What a form holds that is not saved, and what it was made of. */
export type StoredDraft = { base: unknown; values: unknown };

/** Keeps drafts where a reload and a sign-in in the same tab find them again. Reading and writing never throw. */
export type DraftStore = {
  read(key: string): StoredDraft | null;
  /** Returns false when the browser does not keep it, or when it is too long. */
  write(key: string, draft: StoredDraft): boolean;
  remove(key: string): void;
  clear(): void;
};

const PREFIX = "muster-draft:";
const MAX_DRAFTS = 30;
const MAX_DRAFT_LENGTH = 100_000;
const MAX_AGE_MS = 7 * 24 * 3_600_000;

export function createDraftStore(storage: () => Storage, now: () => number): DraftStore {
  function keys(): string[] {
    const kept = storage();
    return Array.from({ length: kept.length }, (_, index) => kept.key(index) ?? "").filter((key) =>
      key.startsWith(PREFIX),
    );
  }

  function storedAt(key: string): number {
    return parse(storage().getItem(key))?.at ?? 0;
  }

  /** Removes old drafts, and the oldest ones so that there is room for one more. */
  function makeRoom(key: string): void {
    const others = keys()
      .filter((other) => other !== key)
      .map((other) => ({ other, at: storedAt(other) }))
      .toSorted((left, right) => right.at - left.at);
    const surplus = others.filter(({ at }, index) => index >= MAX_DRAFTS - 1 || now() - at > MAX_AGE_MS);
    for (const { other } of surplus) storage().removeItem(other);
  }

  return {
    read(name) {
      return guarded(() => {
        const draft = parse(storage().getItem(PREFIX + name));
        return draft && now() - draft.at <= MAX_AGE_MS ? draft : null;
      }, null);
    },
    write(name, { base, values }) {
      const text = JSON.stringify({ base, values, at: now() });
      if (text.length > MAX_DRAFT_LENGTH) return false;
      return guarded(() => {
        makeRoom(PREFIX + name);
        storage().setItem(PREFIX + name, text);
        return true;
      }, false);
    },
    remove: (name) => guarded(() => storage().removeItem(PREFIX + name), undefined),
    clear: () =>
      guarded(() => {
        for (const key of keys()) storage().removeItem(key);
      }, undefined),
  };
}

/** A browser that forbids storage, or has none left, throws. The form then works without a draft. */
function guarded<Result>(work: () => Result, otherwise: Result): Result {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

function parse(text: string | null): (StoredDraft & { at: number }) | null {
  const draft: unknown = text === null ? null : JSON.parse(text);
  if (typeof draft !== "object" || draft === null) return null;
  const isDraft = "base" in draft && "values" in draft && "at" in draft && typeof draft.at === "number";
  return isDraft ? { base: draft.base, values: draft.values, at: Number(draft.at) } : null;
}
