import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../testing/hostile-text.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { parseLockedSessions, parseSessions } from "./windows-sessions.ts";

const read = (name: string) => readFixture(import.meta.url, name);

describe("sessions of Windows", () => {
  it.each(["quser.txt", "quser-german.txt"])("are read in every language: %s", (name) => {
    expect(parseSessions(read(name))).toEqual([
      { user: "bob", id: 2, isConnected: true },
      { user: "alice", id: 1, isConnected: true },
      { user: "carol", id: 3, isConnected: false },
    ]);
  });

  it("are none when nobody is logged in", () => {
    expect(parseSessions("No User exists for *\r\n")).toEqual([]);
  });

  it("are locked where the log-on is drawn", () => {
    expect([...parseLockedSessions(read("tasklist-logonui.txt"))]).toEqual([1, 4]);
    expect(
      parseLockedSessions("INFO: No tasks are running which match the specified criteria.\r\n").size,
    ).toBe(0);
  });

  it("have a numeric id for any output of quser", () => {
    fc.assert(
      fc.property(hostileText(read("quser.txt")), (text) => {
        for (const { id } of parseSessions(text)) expect(Number.isSafeInteger(id)).toBe(true);
      }),
    );
  });
});
