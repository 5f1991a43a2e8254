import { expect, it } from "vitest";
import { createChangeQueue } from "./change-queue.ts";

it("works on one set of changes at a time and gathers what arrives meanwhile", async () => {
  const calls: string[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const queue = createChangeQueue(async (ids) => {
    calls.push([...ids]);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  queue.push(["a"]);
  queue.push(["b"]);
  queue.push(["b", "c"]);
  expect(calls).toEqual([["a"]]);
  gates[0]?.resolve();
  await settle();
  expect(calls).toEqual([["a"], ["b", "c"]]);
  gates[1]?.resolve();
  await settle();
  queue.push([]);
  expect(calls).toHaveLength(2);
  queue.push(["d"]);
  expect(calls.at(-1)).toEqual(["d"]);
});
