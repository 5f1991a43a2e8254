import { describe, expect, it } from "vitest";
import { makeDevice, needy } from "./device.factory.ts";
import { createFleetList } from "./fleet-list.ts";
import { EMPTY_QUERY } from "./fleet-query.ts";

const DEVICES = ["a", "b", "c"].map((id) => makeDevice({ id }));

function wholeList() {
  return createFleetList({
    query: EMPTY_QUERY,
    fetchPage: () => Promise.resolve({ items: DEVICES, nextCursor: null }),
  });
}
const rises = { changed: [needy(makeDevice({ id: "c" }), "critical")], removed: [] };

describe("the order of the list", () => {
  it("follows the stream while no pointer is on it", async () => {
    const list = wholeList();
    await list.reload();
    list.apply(rises);
    expect(list.snapshot()).toMatchObject({ order: ["c", "a", "b"], changedCount: 0 });
  });

  it("waits while it is held, and follows when it is released", async () => {
    const list = wholeList();
    await list.reload();
    list.hold(true);
    list.apply(rises);
    expect(list.snapshot()).toMatchObject({ order: ["a", "b", "c"], changedCount: 1 });
    list.hold(false);
    expect(list.snapshot()).toMatchObject({ order: ["c", "a", "b"], changedCount: 0 });
  });

  it("is recomputed on demand while held", async () => {
    const list = wholeList();
    await list.reload();
    list.hold(true);
    list.apply(rises);
    list.resort();
    expect(list.snapshot()).toMatchObject({ order: ["c", "a", "b"], changedCount: 0 });
  });
});

describe("reading pages", () => {
  it.each(["reload", "loadMore"] as const)(
    "keeps what the stream tells during %s, whose answer is older",
    async (verb) => {
      const answers = [
        { items: DEVICES.slice(0, 1), nextCursor: "1" },
        { items: DEVICES, nextCursor: null },
      ];
      const list = createFleetList({
        query: EMPTY_QUERY,
        fetchPage: () => Promise.resolve(answers.shift() ?? { items: [], nextCursor: null }),
      });
      await list.reload();
      const reading = list[verb]();
      list.apply(rises);
      await reading;
      expect(list.snapshot().devices.get("c")?.attention.level).toBe("critical");
      expect(list.snapshot()).toMatchObject({ order: ["c", "a", "b"], hasMore: false });
    },
  );

  it("continues where the last page ended, and reads as far again on reload", async () => {
    const asked: (string | undefined)[] = [];
    const list = createFleetList({
      query: EMPTY_QUERY,
      fetchPage: ({ cursor }) => {
        asked.push(cursor);
        const start = cursor === undefined ? 0 : Number(cursor);
        const nextCursor = start < 2 ? String(start + 1) : null;
        return Promise.resolve({ items: DEVICES.slice(start, start + 1), nextCursor });
      },
    });
    await list.reload();
    await list.loadMore();
    expect(list.snapshot()).toMatchObject({ order: ["a", "b"], hasMore: true });
    await list.reload();
    expect(list.snapshot().order).toEqual(["a", "b"]);
    expect(asked).toEqual([undefined, "1", undefined, "1"]);
  });

  it("keeps the rows and shows the error when the next page fails", async () => {
    const failure = new Error("no connection");
    const list = createFleetList({
      query: EMPTY_QUERY,
      fetchPage: ({ cursor }) =>
        cursor === undefined ? Promise.resolve({ items: DEVICES, nextCursor: "1" }) : Promise.reject(failure),
    });
    await list.reload();
    await list.loadMore();
    expect(list.snapshot()).toMatchObject({ order: ["a", "b", "c"], failure, phase: "idle" });
  });

  it("reads an archived list again when the stream reports that one of its devices was removed", async () => {
    let reads = 0;
    const items = DEVICES.map((device) => ({ ...device, archivedAt: "2026-01-15T12:00:00.000Z" }));
    const list = createFleetList({
      query: { ...EMPTY_QUERY, archived: true },
      fetchPage: () => {
        reads += 1;
        return Promise.resolve({ items, nextCursor: null });
      },
    });
    await list.reload();
    list.apply({ changed: [], removed: ["a"] });
    list.apply({ changed: [], removed: ["unknown"] });
    expect(reads).toBe(2);
    expect(list.snapshot().order).toContain("a");
  });
});
