import { describe, expect, test } from "vitest";
import { connectionOf, deadlinesOf } from "./connection.ts";

const SECOND = 1000;
const HOUR = 3_600_000;
const lastSeenAt = 1_000_000;

function after(elapsedMs: number, change: Partial<Parameters<typeof deadlinesOf>[0]> = {}) {
  const deadlines = deadlinesOf({ intervalS: 30, offlineAfterS: 600, deviceClass: "server", ...change });
  return connectionOf(lastSeenAt, lastSeenAt + elapsedMs, deadlines);
}

describe("connection", () => {
  test('is "waiting" before the first report', () => {
    const deadlines = deadlinesOf({ intervalS: 30, offlineAfterS: 600, deviceClass: "server" });
    expect(connectionOf(null, 1e12, deadlines)).toBe("waiting");
  });

  test.each([
    [0, "online"],
    [75 * SECOND, "online"],
    [75 * SECOND + 1, "late"],
    [600 * SECOND, "late"],
    [600 * SECOND + 1, "offline"],
    [24 * HOUR, "offline"],
    [24 * HOUR + 1, "expired"],
  ])("of a server after %d ms without a report is %s", (elapsedMs, connection) => {
    expect(after(elapsedMs)).toBe(connection);
  });

  test.each([
    ["vm", "expired"],
    ["desktop", "offline"],
    ["laptop", "offline"],
  ] as const)("of a %s after a day and a second is %s", (deviceClass, connection) => {
    expect(after(24 * HOUR + SECOND, { deviceClass })).toBe(connection);
  });

  test("of a laptop expires after 14 days", () => {
    expect(after(14 * 24 * HOUR + 1, { deviceClass: "laptop" })).toBe("expired");
  });

  test("is not offline before it is late: a paused agent reports every five minutes", () => {
    expect(after(601 * SECOND, { intervalS: 300 })).toBe("online");
    expect(after(751 * SECOND, { intervalS: 300 })).toBe("offline");
  });

  test("uses the offline threshold of the organization", () => {
    expect(after(121 * SECOND, { offlineAfterS: 120 })).toBe("offline");
  });
});
