import { describe, expect, test } from "vitest";
import { mergeFacts, NO_FACTS, readFacts } from "./device-facts.ts";

const before = JSON.stringify({
  diskMount: "/",
  hungFileSystems: ["/mnt/nas"],
  skipped: [{ collector: "temperature", reason: "no sensor" }],
});

describe("facts of a device", () => {
  test("keep their value if new facts leave them out", () => {
    const merged = readFacts(mergeFacts(before, { user: "ada", skipped: [] }));
    expect(merged).toEqual({ diskMount: "/", hungFileSystems: ["/mnt/nas"], skipped: [] });
  });

  test("drop skipped collectors once all run", () => {
    expect(readFacts(mergeFacts(before, { hungFileSystems: [] }))).toEqual({ ...NO_FACTS, diskMount: "/" });
  });

  test("are the same text when they are the same facts, so that nothing is written", () => {
    const facts = { diskMount: "/data", hungFileSystems: [], skipped: [] };
    const stored = mergeFacts(JSON.stringify(NO_FACTS), facts);
    expect(mergeFacts(stored, facts)).toBe(stored);
  });
});
