import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAllowList } from "../../desktop-agent/src/agent/actions/allow-list.ts";
import { createContext } from "../../desktop-agent/src/agent-host/context.ts";
import { enrolCommand } from "../../desktop-agent/src/headless/commands/enrolment.command.ts";
import { createFakePlatform } from "../../desktop-agent/src/platform/fake/fake-platform.ts";
import { createPrivateFiles } from "../../desktop-agent/src/platform/private-files.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "muster-bom-"));
});
afterAll(() => rm(folder, { recursive: true }));

const utf8Mark = (text: string) => Buffer.from(`\ufeff${text}`);
const utf16 = (text: string, { mark = true } = {}) =>
  Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");
const utf16Swapped = (text: string) => utf16(text).swap16();
const utf32 = (text: string) => Buffer.from(Uint32Array.from([0xfeff, ...Buffer.from(text)]).buffer);
const latin1 = (text: string) => Buffer.from(text, "latin1");

async function save(name: string, bytes: Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

const makePlatform = async () => ({
  ...createFakePlatform(),
  files: createPrivateFiles({ syncsFolders: true }),
});

async function load(bytes: Buffer) {
  const file = await save("config.json", bytes);
  const made = await createContext({ MUSTER_AGENT_HOME: folder }, file, makePlatform);
  return made.kind === "ready" ? made.context.settings : made.problems.join("; ");
}

const OTHERS: [string, (text: string) => Buffer, string][] = [
  ["UTF-16 as PowerShell 5 writes it", utf16, "UTF-16 (little-endian)"],
  ["UTF-16 without a mark", (text) => utf16(text, { mark: false }), "UTF-16 (little-endian)"],
  ["UTF-16 with the bytes swapped", utf16Swapped, "UTF-16 (big-endian)"],
  ["UTF-32", utf32, "UTF-32"],
];

describe("config.json", () => {
  it("is read with a byte order mark as without one", async () => {
    expect(await load(utf8Mark('{ "interval": 10 }'))).toMatchObject({ intervalS: 10 });
    expect(await load(utf8Mark('{\r\n  "server": "https://müster.example"\r\n}\r\n'))).toMatchObject({
      server: "https://müster.example",
    });
    expect(await load(Buffer.from('{ "interval": 10 }'))).toMatchObject({ intervalS: 10 });
  });

  it.each(OTHERS)(
    "is refused in %s with the name of the encoding and what to do",
    async (_, encode, name) => {
      const problem = await load(encode('{ "interval": 10 }'));
      expect(problem).toContain(`config.json is saved as ${name}. Save it as UTF-8`);
    },
  );

  it("is refused in a code page if it contains letters of it", async () => {
    expect(await load(latin1('{ "server": "https://müster.example" }'))).toContain(
      "an encoding other than UTF-8",
    );
    expect(await load(latin1('{ "interval": 10 }'))).toMatchObject({ intervalS: 10 });
  });
});

describe("allowed-actions.json", () => {
  const read = (bytes: Buffer) =>
    readAllowList(
      { read: async () => ({ kind: "text", text: bytes.toString("utf8") }) },
      "allowed-actions.json",
    );

  it("is read with a byte order mark as without one", async () => {
    for (const encode of [utf8Mark, (text: string) => Buffer.from(text)])
      expect(await read(encode('{"allowed":["message"]}'))).toEqual({
        kind: "only",
        types: new Set(["message"]),
      });
  });

  it.each(OTHERS)("forbids all actions in %s, and names the encoding", async (_, encode, name) => {
    const list = await read(encode('{"allowed":["message"]}'));
    expect(list).toMatchObject({ kind: "nothing", reason: expect.stringContaining(name) });
  });
});

describe("an enrolment token", () => {
  const TOKEN = `mt_${"t".repeat(43)}`;

  async function enrol(how: { file: Buffer } | { stdin: string }) {
    const made = await createContext({ MUSTER_AGENT_HOME: folder }, undefined, makePlatform);
    if (made.kind === "invalid") throw new Error(made.problems.join());
    // Nothing listens there: what comes after the token is "unreached".
    const server = { server: "http://127.0.0.1:1" };
    const note = () => undefined;
    if ("stdin" in how)
      return enrolCommand(made.context, { ...server, tokenStdin: true }, async () => how.stdin, note);
    const tokenFile = await save("token", how.file);
    return enrolCommand(made.context, { ...server, tokenFile }, async () => "", note);
  }

  it.each(OTHERS)("is refused in %s, from a file and from standard input", async (_, encode, name) => {
    await rm(path.join(folder, "config.json"), { force: true });
    const fromFile = await enrol({ file: encode(`${TOKEN}\r\n`) });
    const fromStdin = await enrol({ stdin: encode(`${TOKEN}\r\n`).toString("utf8") });
    for (const result of [fromFile, fromStdin]) {
      expect(JSON.stringify(result)).toContain(`The enrolment token is saved as ${name}`);
      expect(JSON.stringify(result)).not.toContain("tttt");
    }
  });
});
