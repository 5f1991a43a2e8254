import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeCodePage } from "../../desktop-agent/src/platform/decode-output.ts";
import { createCommands } from "../../desktop-agent/src/platform/run-command.ts";
import { findConsoleCodePage } from "../../desktop-agent/src/platform/windows/parse-reg-query.ts";
import { parseQuser } from "../../desktop-agent/src/platform/windows/windows-sessions.ts";

const PATH = { PATH: "/usr/bin:/bin" };
const LIMIT = { timeoutMs: 10_000 };
const printed = async (octal: string, codePage?: number) => {
  const find = codePage === undefined ? undefined : async () => codePage;
  const result = await createCommands(PATH, find).run("printf", [octal], LIMIT);
  return result.kind === "exited" ? result.stdout : result;
};
const ROW = "               console             1  Active      none   1/4/2027 7:58 AM\\r\\n";

describe("the output of a console program", () => {
  it.each<[string, string, number | undefined, string]>([
    ["German where the page is not known", ">J\\201rgen", undefined, "J\u00fcrgen"],
    ["German", ">J\\201rgen", 850, "J\u00fcrgen"],
    ["French", ">Ren\\202e", 850, "Ren\u00e9e"],
    ["Spanish of America", ">Mu\\244oz", 437, "Mu\u00f1oz"],
    ["Polish", ">\\235ukasz", 852, "\u0141ukasz"],
    ["Russian", ">\\210\\242\\240\\255", 866, "\u0418\u0432\u0430\u043d"],
    ["Windows' own Western page", ">J\\374rgen", 1252, "J\u00fcrgen"],
    ["the euro of page 858", ">\\325uro", 858, "\u20acuro"],
    ["Japanese", ">\\223c\\222\\206", 932, "\u7530\u4e2d"],
    ["UTF-8, whatever the page", ">J\\303\\274rgen", 850, "J\u00fcrgen"],
    ["UTF-8 by the page", ">J\\303\\274rgen", 65_001, "J\u00fcrgen"],
    ["a page nobody knows", ">J\\201rgen", 12_345, "J\u00fcrgen"],
  ])("is decoded by its code page: %s", async (_, octal, codePage, expected) => {
    const text = await printed(`${octal}${ROW}`, codePage);
    expect(typeof text === "string" && parseQuser(text)?.user).toBe(expected);
  });

  it("keeps a character that arrives in two chunks, and decodes stderr too", async () => {
    const code =
      "process.stdout.write(Buffer.from([0xc3])); setTimeout(() => process.stdout.write(Buffer.from([0xa9])), 50); process.stderr.write(Buffer.from([0x82]))";
    const { run } = createCommands(PATH);
    expect(await run(process.execPath, ["-e", code], LIMIT)).toMatchObject({
      stdout: "\u00e9",
      stderr: "\u00e9",
    });
  });

  it("reads the code page once, and not for ASCII output", async () => {
    let asked = 0;
    const commands = createCommands(PATH, async () => {
      asked += 1;
      return 866;
    });
    await commands.run("printf", ["plain"], LIMIT);
    expect(asked).toBe(0);
    for (const _ of [1, 2]) await commands.run("printf", ["\\210"], LIMIT);
    expect(asked).toBe(1);
  });
});

// The bytes stand in files of their own, written by another program: see the README beside them.
describe.each([
  ["en", 437, "olivia", "Active"],
  ["de", 850, "manfred", "Aktiv"],
  ["fr", 850, "olivier", "\u00c9TAT"],
  ["es", 850, "bob", "SESI\u00d3N"],
  ["ru", 866, "admin", "\u043e\u0442\u0441\u0443\u0442\u0441\u0442\u0432\u0443\u0435\u0442"],
])("published output in %s, code page %d", (language, codePage, user, word) => {
  it("is decoded and parsed", async () => {
    const name = `quser-${language}-published.cp${codePage}.txt`;
    const file = new URL(`../../desktop-agent/src/platform/windows/fixtures/${name}`, import.meta.url);
    const result = await createCommands(PATH, async () => codePage).run("cat", [fileURLToPath(file)], LIMIT);
    const text = result.kind === "exited" ? result.stdout : "";
    expect(text).toContain(word);
    expect(parseQuser(text)).toEqual({ user, idleMs: 0 });
  });
});

describe("the console's code page", () => {
  const QUERY = "reg.exe query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage /v OEMCP";
  const find = (stdout: string, code = 0) =>
    findConsoleCodePage(async (file, args) => {
      expect([file, ...args].join(" ")).toBe(QUERY);
      return { kind: "exited", code, stdout, stderr: "" };
    });

  it("is the one in the registry, or that of Western Europe", async () => {
    expect(await find("\r\nHKEY_LOCAL_MACHINE\\...\\CodePage\r\n    OEMCP    REG_SZ    866\r\n\r\n")).toBe(
      866,
    );
    expect(await find("", 1)).toBe(850);
    expect(await findConsoleCodePage(async () => ({ kind: "not-found" }))).toBe(850);
  });

  it("yields U+FFFD for bytes without a character", () => {
    expect(decodeCodePage(Buffer.from([0x41, 0x81]), 1252)).toBe("A\ufffd");
  });
});
