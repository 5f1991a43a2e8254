import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFakeCommands } from "../fake/fake-commands.ts";
import { accessScript, createWindowsAdministratorFiles, problemOf } from "./administrator-file.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const ADMINISTRATORS = "S-1-5-32-544";
const USERS = "S-1-5-32-545";
const FULL = 2_032_127;
const READ_AND_EXECUTE = 1_179_817;
const MODIFY = 1_245_631;
const list = (owner: string, ...rules: { sid: string; rights: number }[]) => JSON.stringify({ owner, rules });

describe("an access list", () => {
  it("is good when only administrators can write", () => {
    const rules = [
      { sid: "S-1-5-18", rights: FULL },
      { sid: ADMINISTRATORS, rights: FULL },
      { sid: USERS, rights: READ_AND_EXECUTE },
    ];
    expect(problemOf(list(ADMINISTRATORS, ...rules))).toBeNull();
  });

  it("is not when another owns the file, others can write, or it cannot be read", () => {
    const own = "S-1-5-21-1-2-3-1001";
    expect(problemOf(list(own))).toBe("is not owned by administrators");
    const others = "can be written by others than administrators";
    expect(problemOf(list(ADMINISTRATORS, { sid: USERS, rights: MODIFY }))).toBe(others);
    expect(problemOf(list(ADMINISTRATORS, { sid: own, rights: FULL }))).toBe(others);
    expect(problemOf(list(ADMINISTRATORS, { sid: USERS, rights: 0x10000000 }))).toBe(others);
    expect(problemOf(list(ADMINISTRATORS, { sid: USERS, rights: -2147483648 }))).toBeNull();
    expect(problemOf('{"owner":"S-1-5-18","rules":[{"sid":"S-1-5-18"}]}')).toBe(others);
    for (const printed of ["", "{}", "Get-Acl : Access denied", "[]"]) {
      expect(problemOf(printed)).toBe("has an access list that cannot be read");
    }
  });
});

describe("an administrator's file on Windows", () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "muster-programdata-"));
    path = join(folder, "allowed'actions.json");
    await writeFile(path, "{}");
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = (answer: string) => {
    const line = [POWERSHELL, ...powershellArguments(accessScript(path))].join(" ");
    return createWindowsAdministratorFiles(createFakeCommands({ [line]: answer }).run).read(path);
  };

  it("is read when its access list is good, and only then", async () => {
    expect(await read(list(ADMINISTRATORS))).toEqual({ kind: "text", text: "{}" });
    expect(await read("")).toMatchObject({ kind: "unusable" });
  });

  it("is absent without asking PowerShell when it is not there", async () => {
    const commands = createFakeCommands({});
    const files = createWindowsAdministratorFiles(commands.run);
    expect(await files.read(join(folder, "none"))).toEqual({ kind: "absent" });
    expect(commands.started).toEqual([]);
  });

  it("has its path quoted", () => expect(accessScript("a'b")).toContain("-LiteralPath 'a''b'"));
});
