import { expect, it } from "vitest";
import { createDownloadSlots } from "./download-slots.ts";

const clock = { now: () => 0, monotonic: () => 0 };

it("gives an address half of the slots, and all addresses together all of them", () => {
  const slots = createDownloadSlots(clock);
  const first = Array.from({ length: 32 }, () => slots.take("192.0.2.1"));
  expect(() => slots.take("192.0.2.1")).toThrow("Too many downloads run");
  for (let taken = 0; taken < 32; taken += 1) slots.take("192.0.2.2");
  expect(() => slots.take("192.0.2.3")).toThrow("Too many downloads run");
  first[0]?.release();
  first[0]?.release();
  slots.take("192.0.2.3");
  expect(() => slots.take("192.0.2.4")).toThrow("Too many downloads run");
});
