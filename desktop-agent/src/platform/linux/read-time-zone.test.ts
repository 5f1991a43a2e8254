import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { readTimeZone } from "./read-time-zone.ts";
import { createSystemFiles } from "./system-files.ts";

describe("readTimeZone", () => {
  it("reads the name that the system's link leads to", () => {
    const files = {
      ...createMemorySystemFiles({}),
      resolve: () => "/usr/share/zoneinfo/America/Argentina/Salta",
    };
    expect(readTimeZone(files)).toBe("America/Argentina/Salta");
  });

  it("reads the file of a system whose link is a copy", () => {
    expect(readTimeZone(createMemorySystemFiles({ "/etc/timezone": "Europe/Paris\n" }))).toBe("Europe/Paris");
    expect(readTimeZone(createMemorySystemFiles({ "/etc/timezone": "\n" }))).toBeUndefined();
  });

  it("gives this machine a zone that exists", () => {
    const zone = readTimeZone(createSystemFiles());
    expect(zone === undefined || new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "").toBe(
      true,
    );
  });
});
