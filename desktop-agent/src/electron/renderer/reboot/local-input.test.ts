import { expect, it } from "vitest";
import { fromLocalInput, toLocalInput } from "./local-input.ts";

it("writes and reads the device's own time", () => {
  const atMs = new Date(2026, 1, 3, 4, 5).getTime();
  expect(toLocalInput(atMs)).toBe("2026-02-03T04:05");
  expect(fromLocalInput("2026-02-03T04:05")).toBe(atMs);
});

it.each(["", "tomorrow", "2026-02-03", "2026-99-99T99:99"])("reads nothing from %o", (text) => {
  expect(fromLocalInput(text)).toBeNull();
});
