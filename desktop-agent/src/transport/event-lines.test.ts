import { describe, expect, it } from "vitest";
import { createEventReader } from "./event-lines.ts";

function read(...chunks: string[]): string[] {
  const names: string[] = [];
  const take = createEventReader((name) => names.push(name));
  for (const chunk of chunks) take(chunk);
  return names;
}

describe("createEventReader", () => {
  const stream = "event: nudge\ndata: {}\n\n: beat\n\nevent: resync\r\ndata: {}\r\n\r\nevent:nudge\n\n";

  it("finds events however they are cut", () => {
    const names = ["nudge", "resync", "nudge"];
    expect(read(stream)).toEqual(names);
    expect(read(...stream.split(""))).toEqual(names);
  });

  it("takes heartbeats, data alone and an unfinished event for none", () => {
    expect(read(": beat\n\n", "data: x\n\n", "event: nudge\ndata: {}\n")).toEqual([]);
  });

  it("does not grow with a line that never ends", () => {
    expect(read(...Array.from({ length: 100 }, () => "x".repeat(10_000)), "\n\nevent: nudge\n\n")).toEqual([
      "nudge",
    ]);
  });
});
