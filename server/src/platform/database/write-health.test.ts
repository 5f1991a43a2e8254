import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createWriteHealth } from "./write-health.ts";

const full = () =>
  Promise.reject(Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" }));

describe("writing to a database", () => {
  it("fails as unavailable while the disk is full, logs it once, and recovers with the next write", async () => {
    const lines: string[] = [];
    const health = createWriteHealth(pino({}, { write: (line) => void lines.push(JSON.parse(line).msg) }));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(health.track(full)).rejects.toMatchObject({ code: "unavailable", retryAfterS: 10 });
      expect(() => health.assertWritable()).toThrow("does not accept writes");
    }
    expect(await health.track(async () => "stored")).toBe("stored");
    expect(() => health.assertWritable()).not.toThrow();
    expect(lines).toEqual(["The database does not accept writes", "The database accepts writes again"]);
  });

  it("does not change failures that are caused by the request", async () => {
    const health = createWriteHealth(pino({ level: "silent" }));
    const refused = Object.assign(new Error("UNIQUE constraint failed"), {
      code: "SQLITE_CONSTRAINT_UNIQUE",
    });
    await expect(health.track(() => Promise.reject(refused))).rejects.toBe(refused);
    expect(() => health.assertWritable()).not.toThrow();
  });
});
