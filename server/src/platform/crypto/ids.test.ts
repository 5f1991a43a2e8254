import { Id } from "@muster/shared/ids.ts";
import { expect, test } from "vitest";
import { createUuidV7Factory } from "./ids.ts";

test("ids increase, also when the clock stands still or goes back", () => {
  const times = [1000, ...Array<number>(10_000).fill(1000), 999, 1002];
  let call = 0;
  const makeId = createUuidV7Factory(() => times[call++] ?? 1002);
  const ids = times.map(() => makeId());
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("an id begins with its time and fits the contract", () => {
  const id = createUuidV7Factory(() => 0x0123_4567_89ab)();
  expect(id.startsWith("01234567-89ab-7")).toBe(true);
  expect(Id.safeParse(id).success).toBe(true);
});
