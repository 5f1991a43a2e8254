import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeCodePage } from "../../desktop-agent/src/platform/decode-output.ts";
import { parseQuser, parseSessions } from "../../desktop-agent/src/platform/windows/windows-sessions.ts";

const published = (language: string, codePage: number) => {
  const name = `quser-${language}-published.cp${codePage}.txt`;
  const file = new URL(`../../desktop-agent/src/platform/windows/fixtures/${name}`, import.meta.url);
  return decodeCodePage(readFileSync(file), codePage);
};
const HEADING = " USERNAME              SESSIONNAME        ID  STATE   IDLE TIME  LOGON TIME\r\n";
const MINUTE_MS = 60_000;

describe("output of quser that others published", () => {
  it.each([
    ["en", 437, { user: "olivia", id: 1, isConnected: true }],
    ["de", 850, { user: "manfred", id: 4, isConnected: true }],
    ["fr", 850, { user: "olivier", id: 1, isConnected: true }],
    ["es", 850, { user: "bob", id: 1, isConnected: true }],
    ["ru", 866, { user: "admin", id: 2, isConnected: true }],
  ])("contains the user at the console: %s", (language, codePage, session) => {
    const text = published(language, codePage);
    expect(parseQuser(text)).toEqual({ user: session.user, idleMs: 0 });
    expect(parseSessions(text)[0]).toEqual(session);
  });

  it("contains disconnected users", () => {
    expect(parseSessions(published("fr", 850))[1]).toEqual({ user: "admin", id: 2, isConnected: false });
  });

  it("does not report the time since 1601 as idle time", () => {
    const [, , user2] = published("en", 437).split(/\r?\n/).slice(1);
    expect(parseQuser(`${HEADING}${user2}\r\n`)).toEqual({ user: "user2", idleMs: null });
  });
});

// Rows of these languages and cases are made up in the columns of the published ones.
describe("columns of quser", () => {
  it.each([
    ["pt", ">ana                   console             1  Ativo       nenhum   04/01/2027 07:58"],
    ["nl", ">jan                   console             1  Actief        geen   4-1-2027 07:58"],
    ["pl", ">jan                   console             1  Aktywne       brak   04.01.2027 07:58"],
    ["hu", ">jan                   console             1  Akt\u00edv        nincs   2027. 01. 04. 7:58"],
    ["ja", ">jan                   console             1  Active      \u306a\u3057   2027/01/04 7:58"],
    ["zh", ">jan                   console             1  \u8fd0\u884c\u4e2d      \u65e0   2027/1/4 7:58"],
  ])("are the same in every language: %s", (_, row) => {
    expect(parseQuser(`${HEADING}${row}\r\n`)?.idleMs).toBe(0);
  });

  it.each([
    [
      "a name with a space",
      ">mary anne             console             1  Active      none   1/4/2027 7:58 AM",
      "mary anne",
    ],
    [
      "a name with digits",
      ">user 2 b              console             1  Active      none   1/4/2027 7:58 AM",
      "user 2 b",
    ],
    [
      "a name as wide as its column",
      ">abcdefghij klmnopqrs  console             1  Active      none   1/4/2027 7:58 AM",
      "abcdefghij klmnopqrs",
    ],
    [
      "a name that is a number",
      ">4711                  console             1  Active      none   1/4/2027 7:58 AM",
      "4711",
    ],
    [
      "a name in wide characters",
      ">\u7530\u4e2d                  console             1  Active      none   1/4/2027 7:58 AM",
      "\u7530\u4e2d",
    ],
  ])("hold %s", (_, row, user) => {
    expect(parseQuser(`${HEADING}${row}\r\n`)).toEqual({ user, idleMs: 0 });
    const disconnected = row.replace(/console {13}/, " ".repeat(20)).replace("none", "3:17");
    expect(parseSessions(`${HEADING}${disconnected}\r\n`)).toEqual([{ user, id: 1, isConnected: false }]);
  });

  it.each([
    [".", 0],
    ["5", 5],
    ["3:17", 197],
    ["1+02:05", 1565],
  ])("contain an idle time of %s", (text, minutes) => {
    const row = `>bob                   console             1  Active  ${text.padStart(9)}  1/4/2027 7:58 AM`;
    expect(parseQuser(`${HEADING}${row}\r\n`)?.idleMs).toBe(minutes * MINUTE_MS);
  });

  it("yield the most recently active RDP user when nobody is at the console", () => {
    const rows = [
      " alice                 rdp-tcp#1           2  Active       1:05  1/3/2027 5:12 PM",
      ">mary anne             rdp-tcp#3           3  Active          3  1/4/2027 7:58 AM",
      " carol                                     4  Disc            .  1/2/2027 9:00 AM",
    ];
    expect(parseQuser(`${HEADING}${rows.join("\r\n")}\r\n`)).toEqual({
      user: "mary anne",
      idleMs: 3 * MINUTE_MS,
    });
  });

  it.each(["No User exists for *\r\n", "", HEADING, "F\u00fcr * ist kein Benutzer vorhanden.\r\n"])(
    "are empty when nobody is logged in: %j",
    (text) => {
      expect(parseQuser(text)).toBeNull();
      expect(parseSessions(text)).toEqual([]);
    },
  );
});
