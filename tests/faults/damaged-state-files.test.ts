import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createAgentHome } from "../../desktop-agent/src/agent/state/agent-home.ts";
import { takeRunLock } from "../../desktop-agent/src/agent/state/run-lock.ts";
import { createStateFiles } from "../../desktop-agent/src/agent/state/state-files.ts";
import { createPrivateFiles } from "../../desktop-agent/src/platform/private-files.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function makeHome() {
  const root = await mkdtemp(join(tmpdir(), "muster-state-"));
  folders.push(root);
  const home = createAgentHome(root);
  const warned: string[] = [];
  const files = createStateFiles({
    files: createPrivateFiles({ syncsFolders: true }),
    home,
    warn: (message) => void warned.push(message),
  });
  return { home, files, warned };
}

describe("a damaged state file on a real disk", () => {
  it("moves a folder with the name of a file aside, and writes the file", async () => {
    const { home, files, warned } = await makeHome();
    await mkdir(join(home.outbox, "deep"), { recursive: true });
    await files.replace(home.outbox, "{}", { sync: true });
    expect(await readFile(home.outbox, "utf8")).toBe("{}");
    expect(await readdir(`${home.outbox}.damaged`)).toEqual(["deep"]);
    expect(warned).toHaveLength(1);
  });

  it("moves a file with the name of a folder aside, and keeps only the newest of the damaged", async () => {
    const { home, files } = await makeHome();
    for (const text of ["first", "second"]) {
      await rm(home.spool, { recursive: true, force: true });
      await writeFile(home.spool, text);
      await files.makeFolder(home.spool);
    }
    expect(await readFile(`${home.spool}.damaged`, "utf8")).toBe("second");
  });

  it("moves a file with damaged content aside, and does not touch files that are not its own", async () => {
    const { home, files } = await makeHome();
    await writeFile(home.policy, "{}}");
    expect(await files.readState(home.policy, () => true)).toBeNull();
    expect(await readFile(`${home.policy}.damaged`, "utf8")).toBe("{}}");
    await mkdir(home.identity);
    await expect(files.read(home.identity)).rejects.toThrow("EISDIR");
    expect(files.faults().map(({ subject }) => subject)).toEqual([home.policy]);
  });

  it("takes the lock of the home folder when a folder has its name", async () => {
    const { home, files } = await makeHome();
    await mkdir(home.lock);
    const lock = await takeRunLock(files, { runOf: async () => "run" }, home, 7);
    expect(lock.kind).toBe("held");
  });
});
