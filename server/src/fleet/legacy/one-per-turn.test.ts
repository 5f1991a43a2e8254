import { expect, it } from "vitest";
import { createOnePerTurn } from "./one-per-turn.ts";

it("runs one task per turn, in order, and continues after a failure", async () => {
  const onePerTurn = createOnePerTurn();
  const order: string[] = [];
  const piece = (name: string) =>
    onePerTurn(async () => {
      order.push(name);
      setImmediate(() => order.push(`turn after ${name}`));
    });
  const failed = onePerTurn(() => Promise.reject(new Error("no")));
  const done = [piece("a"), piece("b")];
  await expect(failed).rejects.toThrow("no");
  await Promise.all(done);
  expect(order).toEqual(["a", "turn after a", "b"]);
});
