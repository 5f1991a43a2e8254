import { describe, expect, test } from "vitest";
import { isAbsent, type PresenceFacts, shownPresence } from "./shown-presence.ts";

const online: PresenceFacts = {
  connection: "online",
  lastWord: null,
  inMaintenance: false,
  isApproved: true,
  deviceClass: "server",
};

describe("shown presence", () => {
  test.each([
    [{ inMaintenance: true, connection: "expired", lastWord: "asleep" }, "maintenance"],
    [{ connection: "expired", lastWord: "asleep" }, "expired"],
    [{ connection: "offline", lastWord: "asleep" }, "asleep"],
    [{ connection: "online", lastWord: "restarting" }, "restarting"],
    [{ connection: "offline" }, "offline"],
    [{ connection: "late" }, "late"],
    [{}, "online"],
    [{ connection: "waiting" }, "waiting"],
    [{ isApproved: false }, "waiting"],
  ] as const)("of %j is %s", (change, shown) => {
    expect(shownPresence({ ...online, ...change })).toBe(shown);
  });
});

describe("absence", () => {
  test.each(["online", "late", "waiting"] as const)("is false for a device that is %s", (connection) => {
    expect(isAbsent({ ...online, connection })).toBe(false);
  });

  test.each([
    ["server", null, "offline", true],
    ["server", "asleep", "offline", true],
    ["vm", "shutting-down", "offline", true],
    ["desktop", null, "offline", true],
    ["desktop", "asleep", "offline", false],
    ["desktop", "restarting", "offline", true],
    ["laptop", null, "offline", false],
    ["laptop", null, "expired", true],
    ["laptop", "asleep", "expired", false],
    ["laptop", "agent-stopped", "offline", false],
    ["laptop", "restarting", "offline", true],
  ] as const)("of a %s with the last word %s that is %s: %s", (deviceClass, lastWord, connection, absent) => {
    expect(isAbsent({ ...online, deviceClass, lastWord, connection })).toBe(absent);
  });

  test("is never counted during maintenance", () => {
    expect(isAbsent({ ...online, connection: "expired", inMaintenance: true })).toBe(false);
  });
});
