import { describe, expect, it } from "vitest";
import { createLog } from "./log.ts";

function logOf(level: "debug" | "info" | "warn") {
  const lines: string[] = [];
  return { lines, log: createLog({ level, wallMs: () => 0, write: (line) => void lines.push(line) }) };
}

describe("createLog", () => {
  it("writes one readable line", () => {
    const { lines, log } = logOf("info");
    log.info("Reports reach the server.");
    expect(lines).toEqual(["1970-01-01T00:00:00.000Z INFO  Reports reach the server."]);
  });

  it("leaves out lines below its level", () => {
    const { lines, log } = logOf("warn");
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines).toHaveLength(2);
  });

  it("prevents forged lines and terminal control sequences", () => {
    const { lines, log } = logOf("info");
    log.error("name\n2030-01-01T00:00:00.000Z INFO  all is well\u001b[2J\u0000\u2028\ud800");
    expect(lines[0]).not.toMatch(/[\u0000-\u001f\u2028\ud800]/);
    expect(lines[0]?.split("\n")).toHaveLength(1);
  });

  it("contains no credential, key or token", () => {
    const { lines, log } = logOf("info");
    for (const prefix of ["mt", "md", "mk", "ms"]) log.warn(`sent ${prefix}_${"aB3-_".repeat(9)} to it`);
    expect(lines.every((line) => line.endsWith("sent [secret] to it"))).toBe(true);
  });

  it("cuts very long texts", () => {
    const { lines, log } = logOf("info");
    log.info("x".repeat(100_000));
    expect(lines[0]?.length).toBeLessThan(2100);
  });
});
