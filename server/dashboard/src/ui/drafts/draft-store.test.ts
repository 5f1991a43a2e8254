import { describe, expect, test } from "vitest";
import { createDraftStore } from "./draft-store.ts";

/** The part of a browser's storage that is used, with room for `capacity` characters. */
function createStorage(capacity = 1e6): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (value.length > capacity) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

const draft = (text: string) => ({ base: { notes: "" }, values: { notes: text } });

describe("drafts", () => {
  test("are kept until they are removed, and cleared without touching anything else", () => {
    const storage = createStorage();
    storage.setItem("other", "stays");
    const drafts = createDraftStore(
      () => storage,
      () => 0,
    );
    expect(drafts.write("a", draft("one"))).toBe(true);
    expect(drafts.read("a")).toMatchObject(draft("one"));
    drafts.remove("a");
    expect(drafts.read("a")).toBeNull();
    drafts.write("b", draft("two"));
    drafts.clear();
    expect([drafts.read("b"), storage.getItem("other")]).toEqual([null, "stays"]);
  });

  test("are bounded: thirty, the newest, a week long", () => {
    const storage = createStorage();
    let now = 0;
    const drafts = createDraftStore(
      () => storage,
      () => now,
    );
    for (; now < 40; now += 1) drafts.write(`d${now}`, draft("x"));
    expect([drafts.read("d9"), storage.length]).toEqual([null, 30]);
    expect(drafts.read("d39")).not.toBeNull();
    now += 8 * 24 * 3_600_000;
    expect(drafts.read("d39")).toBeNull();
    drafts.write("new", draft("x"));
    expect(storage.length).toBe(1);
  });

  test("that cannot be kept are reported, and what is damaged counts as none", () => {
    const full = createDraftStore(
      () => createStorage(10),
      () => 0,
    );
    expect(full.write("a", draft("one"))).toBe(false);
    const forbidden = createDraftStore(
      () => {
        throw new DOMException("denied", "SecurityError");
      },
      () => 0,
    );
    expect([forbidden.write("a", draft("one")), forbidden.read("a")]).toEqual([false, null]);
    const storage = createStorage();
    const drafts = createDraftStore(
      () => storage,
      () => 0,
    );
    expect(drafts.write("long", draft("x".repeat(100_001)))).toBe(false);
    storage.setItem("muster-draft:bad", "{");
    storage.setItem("muster-draft:other", "[1]");
    expect([drafts.read("bad"), drafts.read("other")]).toEqual([null, null]);
  });
});
