import { describe, expect, test } from "vitest";
import { fullReport } from "./report.fixture.ts";
import { mergeFacts, mergeIgnored, NO_FACTS, readFacts, readFaultFacts } from "./device-facts.ts";

const before = JSON.stringify({
  diskMount: "/",
  hungFileSystems: ["/mnt/nas"],
  skipped: [{ collector: "temperature", reason: "no sensor" }],
});

describe("facts of a device", () => {
  test("keep their value if new facts leave them out", () => {
    const merged = readFacts(mergeFacts(before, { user: "ada", skipped: [] }));
    expect(merged).toEqual({ ...NO_FACTS, diskMount: "/", hungFileSystems: ["/mnt/nas"] });
  });

  test("drop skipped collectors once all run", () => {
    expect(readFacts(mergeFacts(before, { hungFileSystems: [] }))).toEqual({ ...NO_FACTS, diskMount: "/" });
  });

  test("have the same text when they are equal, so that nothing is written", () => {
    const facts = { diskMount: "/data", hungFileSystems: [], skipped: [] };
    const stored = mergeFacts(JSON.stringify(NO_FACTS), facts);
    expect(mergeFacts(stored, facts)).toBe(stored);
  });

  test("keep faults until the agent sends other ones, or an empty list", () => {
    const fault = { kind: "read-only-mount", subject: "/", detail: "ro" } as const;
    const broken = mergeFacts(JSON.stringify(NO_FACTS), { faults: [fault], classReason: "battery" });
    expect(readFacts(broken)).toMatchObject({ faults: [fault], classReason: "battery" });
    expect(readFacts(mergeFacts(broken, { user: null })).faults).toEqual([fault]);
    expect(readFacts(mergeFacts(broken, { faults: [] })).faults).toEqual([]);
  });

  test.each([
    ["none", {}, false],
    ["a fault", { faults: [{ kind: "unreadable", subject: "cpu" }] }, true],
    ["a hung file system", { hungFileSystems: ["/mnt/nas"] }, true],
    ["a text that looks like one", { diskMount: '","faults":[{"kind":"' }, false],
  ])("are parsed for faults only when there are any: %s", (_, change, hasFaults) => {
    expect(readFaultFacts(JSON.stringify({ ...NO_FACTS, ...change })) !== null).toBe(hasFaults);
  });

  test("keep ignored fields of a part until that part comes without them", () => {
    const { facts: _facts, inventory: _inventory, ...plain } = fullReport;
    const stored = JSON.stringify(NO_FACTS);
    const all = mergeIgnored(stored, ["samples.gpu", "facts.mood", "inventory.keyboard"], fullReport);
    expect(readFacts(all).ignored).toEqual(["facts.mood", "inventory.keyboard", "samples.gpu"]);
    expect(mergeIgnored(all, ["samples.gpu"], plain)).toBe(all);
    expect(readFacts(mergeIgnored(all, [], plain)).ignored).toEqual(["facts.mood", "inventory.keyboard"]);
    expect(readFacts(mergeIgnored(all, [], fullReport)).ignored).toEqual([]);
    expect(mergeIgnored(stored, [], fullReport)).toBe(stored);
  });
});
