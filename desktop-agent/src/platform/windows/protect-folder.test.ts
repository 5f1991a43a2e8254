import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFakeCommands } from "../fake/fake-commands.ts";
import { accessScript } from "./administrator-file.ts";
import { protectFolder, serviceHomeProblem } from "./protect-folder.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const PATH = "C:\\ProgramData\\Muster Agent";
const GRANTS = "/inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F";

describe("protectFolder", () => {
  it("removes what was granted before, and then lets only the system and administrators in", async () => {
    const commands = createFakeCommands({
      [`icacls.exe ${PATH} /reset`]: "processed",
      [`icacls.exe ${PATH} ${GRANTS}`]: "processed",
    });
    await protectFolder(commands.run, PATH, true);
    expect(commands.started).toEqual([`icacls.exe ${PATH} /reset`, `icacls.exe ${PATH} ${GRANTS}`]);
  });

  it("lets the owner of a user's own folder in too", async () => {
    const commands = createFakeCommands({ [`icacls.exe ${PATH} ${GRANTS} *S-1-3-4:(OI)(CI)F`]: "processed" });
    await protectFolder(commands.run, PATH, false);
    expect(commands.started).toHaveLength(1);
  });

  it("fails where icacls does", async () => {
    await expect(protectFolder(createFakeCommands({}).run, PATH, true)).rejects.toThrow("icacls");
  });
});

describe("the home folder of the service", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "muster-programdata-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const problem = (printed: string, path = folder) => {
    const line = [POWERSHELL, ...powershellArguments(accessScript(path))].join(" ");
    return serviceHomeProblem(createFakeCommands({ [line]: printed }).run, path);
  };

  it("must belong to the system or to administrators", async () => {
    expect(await problem('{"owner":"S-1-5-18","rules":[]}')).toBeNull();
    expect(await problem('{"owner":"S-1-5-32-544","rules":[]}')).toBeNull();
    expect(await problem('{"owner":"S-1-5-21-1-2-3-1001","rules":[]}')).toBe(
      `${folder} is not owned by administrators`,
    );
    expect(await problem("Access denied")).toBe(`${folder} has an access list that cannot be read`);
  });

  it("may be absent: the service then makes it", async () => {
    expect(await serviceHomeProblem(createFakeCommands({}).run, join(folder, "none"))).toBeNull();
  });

  it("may not be a file", async () => {
    await writeFile(join(folder, "file"), "");
    expect(await serviceHomeProblem(createFakeCommands({}).run, join(folder, "file"))).toContain(
      "is no folder",
    );
  });
});
