import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeCommands } from "../fake/fake-commands.ts";
import {
  accessScript,
  createWindowsAdministratorFiles,
  folderProblemOf,
  problemOf,
} from "./administrator-file.ts";
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

/** As Get-Acl lists a folder that an administrator made in ProgramData: others may make files there, and own what they make. */
const FOLDER_RULES = [
  { sid: "S-1-5-18", rights: FULL },
  { sid: ADMINISTRATORS, rights: FULL },
  { sid: "S-1-3-0", rights: 0x10000000 },
  { sid: USERS, rights: READ_AND_EXECUTE },
  { sid: USERS, rights: 0x116 },
];

describe("the access list of a folder", () => {
  it("is good when administrators own it, also where others may make files", () => {
    expect(folderProblemOf(list(ADMINISTRATORS, ...FOLDER_RULES))).toBeNull();
  });

  it("is not when an ordinary user made it, or may take away what is in it", () => {
    const user = "S-1-5-21-1-2-3-1001";
    expect(folderProblemOf(list(user, ...FOLDER_RULES))).toBe("is not owned by administrators");
    const others = "lets others than administrators replace files";
    for (const rights of [MODIFY, FULL, 0x40, 0x40000, 0x80000])
      expect(folderProblemOf(list(ADMINISTRATORS, { sid: user, rights }))).toBe(others);
    expect(folderProblemOf("")).toBe("has an access list that cannot be read");
  });
});

describe("an administrator's file on Windows", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "muster-programdata-"));
    path = join(folder, "allowed'actions.json");
    await writeFile(path, "{}");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const lineOf = (name: string) => [POWERSHELL, ...powershellArguments(accessScript(name))].join(" ");
  const read = (ofFile: string, ofFolder = list(ADMINISTRATORS, ...FOLDER_RULES)) => {
    const commands = createFakeCommands({ [lineOf(path)]: ofFile, [lineOf(folder)]: ofFolder });
    return createWindowsAdministratorFiles(commands.run).read(path);
  };

  it("is read when its access list is good, and only then", async () => {
    expect(await read(list(ADMINISTRATORS))).toEqual({ kind: "text", text: "{}" });
    expect(await read("")).toMatchObject({ kind: "unusable" });
    expect(await read(list(USERS))).toEqual({ kind: "unusable", reason: "is not owned by administrators" });
  });

  it("is not trusted in a folder that an ordinary user made first, also once that user removed it", async () => {
    const ofUser = list("S-1-5-21-1-2-3-1001");
    const reason = `is in ${folder}, which is not owned by administrators`;
    expect(await read(list(ADMINISTRATORS), ofUser)).toEqual({ kind: "unusable", reason });
    await rm(path);
    expect(await read("", ofUser)).toEqual({ kind: "unusable", reason });
    expect(await read("")).toEqual({ kind: "absent" });
  });

  it("is not a link, wherever it leads", async () => {
    await rm(path);
    await symlink(join(tmpdir(), "elsewhere"), path);
    expect(await read(list(ADMINISTRATORS))).toEqual({ kind: "unusable", reason: "is no file" });
  });

  it("is absent without asking PowerShell when its folder is not there", async () => {
    const commands = createFakeCommands({});
    const files = createWindowsAdministratorFiles(commands.run);
    expect(await files.read(join(folder, "none", "file"))).toEqual({ kind: "absent" });
    expect(commands.started).toEqual([]);
  });

  it("gets a folder that others may only read, unless there is one", async () => {
    const made = join(folder, "Muster");
    const grants = "*S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX";
    const commands = createFakeCommands({
      [`icacls.exe ${made} /inheritance:r /grant:r ${grants}`]: "processed",
    });
    const files = createWindowsAdministratorFiles(commands.run);
    await files.prepareFolder?.(join(made, "allowed-actions.json"));
    await files.prepareFolder?.(join(made, "allowed-actions.json"));
    expect(commands.started).toHaveLength(1);
    const failing = createWindowsAdministratorFiles(createFakeCommands({}).run);
    await expect(failing.prepareFolder?.(join(folder, "Other", "file"))).rejects.toThrow("icacls");
  });

  it("has its path quoted", () => expect(accessScript("a'b")).toContain("-LiteralPath 'a''b'"));
});
