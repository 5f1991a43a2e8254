import { describe, expect, it } from "vitest";
import { createFairQueue } from "./fair-queue.ts";

function setUp(limits = { maxQueued: 10, maxQueuedPerKey: 4 }) {
  const queue = createFairQueue(limits);
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const add = (key: string) =>
    queue.run(key, () => {
      started.push(key);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const endOne = async () => {
    ends.shift()?.();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { queue, started, add, endOne };
}

describe("a fair queue", () => {
  it("runs one task at a time, and the keys take turns", async () => {
    const { started, add, endOne } = setUp();
    for (const key of ["a", "a", "a", "b", "c"]) void add(key);
    expect(started).toEqual(["a"]);
    for (let turn = 0; turn < 5; turn += 1) await endOne();
    expect(started).toEqual(["a", "a", "b", "c", "a"]);
  });

  it("refuses a key with too many waiting tasks, and still accepts others", async () => {
    const { started, add, endOne } = setUp({ maxQueued: 10, maxQueuedPerKey: 2 });
    void add("a");
    void add("a");
    void add("a");
    await expect(add("a")).rejects.toMatchObject({ code: "unavailable", retryAfterS: 5 });
    void add("b");
    for (let turn = 0; turn < 4; turn += 1) await endOne();
    expect(started.filter((key) => key === "b")).toHaveLength(1);
  });

  it("refuses everything when it is full, and continues afterwards, also after a failure", async () => {
    const { queue, add, endOne } = setUp({ maxQueued: 2, maxQueuedPerKey: 2 });
    void add("a");
    void add("b");
    void add("c");
    await expect(add("d")).rejects.toMatchObject({ code: "unavailable" });
    for (let turn = 0; turn < 3; turn += 1) await endOne();
    await expect(queue.run("a", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await expect(queue.run("a", async () => 1)).resolves.toBe(1);
  });
});
