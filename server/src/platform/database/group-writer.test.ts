import { expect, test } from "vitest";
import { createGroupWriter } from "./group-writer.ts";

const options = { maxGroup: 100, maxQueued: 5, maxShare: 3, shareOf: (item: string) => item.slice(0, 1) };

test("commits what arrived at the same time as one group and answers each item with its own outcome", async () => {
  const groups: string[][] = [];
  const writer = createGroupWriter({
    ...options,
    async commit(items: readonly string[]) {
      groups.push([...items]);
      return items.map((item) => item.toUpperCase());
    },
  });
  const outcomes = await Promise.all([writer.submit("a1"), writer.submit("b1"), writer.submit("a2")]);
  expect(outcomes).toEqual(["A1", "B1", "A2"]);
  expect(groups).toEqual([["a1", "b1", "a2"]]);
});

test("refuses what exceeds the fair share of one organization, and accepts items of others", async () => {
  const writer = createGroupWriter({ ...options, commit: async (items: readonly string[]) => items });
  const kept = [writer.submit("a1"), writer.submit("a2"), writer.submit("a3")];
  await expect(writer.submit("a4")).rejects.toMatchObject({ code: "unavailable", retryAfterS: 5 });
  await expect(writer.submit("b1")).resolves.toBe("b1");
  await Promise.all(kept);
  await expect(writer.submit("a4")).resolves.toBe("a4");
});

test("refuses everything when the queue is full", async () => {
  const writer = createGroupWriter({ ...options, commit: async (items: readonly string[]) => items });
  const kept = ["a1", "b1", "c1", "d1", "e1"].map((item) => writer.submit(item));
  await expect(writer.submit("f1")).rejects.toMatchObject({ code: "unavailable" });
  await Promise.all(kept);
});

test("fails the items of a group that could not be committed, and no others", async () => {
  let turn = 0;
  const writer = createGroupWriter({
    ...options,
    async commit(items: readonly string[]) {
      turn += 1;
      if (turn === 1) throw new Error("disk full");
      return items;
    },
  });
  await expect(writer.submit("a1")).rejects.toThrow("disk full");
  await expect(writer.submit("a1")).resolves.toBe("a1");
});

test("waits until what was submitted is committed when it drains", async () => {
  const committed: string[] = [];
  const writer = createGroupWriter({
    ...options,
    async commit(items: readonly string[]) {
      committed.push(...items);
      return items;
    },
  });
  void writer.submit("a1");
  void writer.submit("b1");
  await writer.drain();
  expect(committed).toEqual(["a1", "b1"]);
  expect(writer.queued).toBe(0);
});
