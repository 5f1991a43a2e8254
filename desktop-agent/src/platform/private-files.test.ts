import { execFile } from "node:child_process";
import { chmod, mkdtemp, open, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { createPrivateFiles } from "./private-files.ts";
import { createEventLog } from "./testing/event-log.ts";

const files = createPrivateFiles({ syncsFolders: true });
const SYNC = { sync: true };
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-files-"));
  return () => rm(folder, { recursive: true, force: true });
});

describe("private files", () => {
  it("creates folders for their owner only, and restricts an open one", async () => {
    await files.makeFolder(join(folder, "a", "b"));
    expect(await modeOf(join(folder, "a", "b"))).toBe("700");
    await chmod(folder, 0o755);
    await files.makeFolder(folder);
    expect(await modeOf(folder)).toBe("700");
  });

  it.each([true, false])(
    "replaces a file as a whole, with mode 600 whatever the old one had (synced: %s)",
    async (sync) => {
      const path = join(folder, "state.json");
      await writeFile(path, "old", { mode: 0o644 });
      await files.replace(path, "new", { sync });
      expect(await files.read(path)).toBe("new");
      expect(await modeOf(path)).toBe("600");
      expect(await readdir(folder)).toEqual(["state.json"]);
    },
  );

  it.each([true, false])(
    "leaves the old file and no other when replacing fails (synced: %s)",
    async (sync) => {
      const path = join(folder, "taken");
      await files.makeFolder(join(path, "inside"));
      await expect(files.replace(path, "new", { sync })).rejects.toMatchObject({
        code: expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST/),
      });
      expect(await readdir(folder)).toEqual(["taken"]);
    },
  );

  it("appends, creating with mode 600, and cuts", async () => {
    const path = join(folder, "spool");
    await files.append(path, "one\n", SYNC);
    await files.append(path, "two\n", { sync: false });
    expect([await files.read(path), await modeOf(path)]).toEqual(["one\ntwo\n", "600"]);
    await files.truncate(path, 4);
    expect(await files.read(path)).toBe("one\n");
  });

  it("returns null for an absent file, and lists files without temporary ones", async () => {
    expect(await files.read(join(folder, "none"))).toBeNull();
    expect(await files.list(join(folder, "none"))).toEqual([]);
    await files.replace(join(folder, "b"), "12345", SYNC);
    await files.replace(join(folder, "a"), "1", SYNC);
    await writeFile(join(folder, "a.muster-tmp-1-1"), "torn");
    await files.makeFolder(join(folder, "sub"));
    expect(await files.list(folder)).toEqual([
      { name: "a", sizeBytes: 1 },
      { name: "b", sizeBytes: 5 },
    ]);
    await files.remove(join(folder, "sub"));
    await files.remove(join(folder, "sub"));
  });

  it("reads the end of a plain file, and neither reads nor lists what a link leads to", async () => {
    const path = join(folder, "agent.log");
    await writeFile(path, "one\ntwo\n");
    expect(await files.readEnd(path, 4)).toBe("two\n");
    expect(await files.readEnd(path, 100)).toBe("one\ntwo\n");
    expect(await files.readEnd(join(folder, "none"), 4)).toBeNull();
    await rm(path);
    await writeFile(join(folder, "secret"), "of somebody else");
    await symlink(join(folder, "secret"), path);
    expect(await files.readEnd(path, 100)).toBeNull();
    expect((await files.list(folder)).map(({ name }) => name)).toEqual(["secret"]);
  });

  it("reads only a part of a plain file, and distinguishes a file that replaced it", async () => {
    const path = join(folder, "agent.log");
    await writeFile(path, "2026-11-20T10:02:00.400Z INFO  one\n");
    const first = await files.readPart(path, 0, 24);
    expect(first).toMatchObject({
      sizeBytes: 35,
      fromByte: 0,
      bytes: Buffer.from("2026-11-20T10:02:00.400Z"),
    });
    expect(await files.readPart(path, -4, 100)).toMatchObject({ fromByte: 31, bytes: Buffer.from("one\n") });
    expect(await files.readPart(path, 99, 100)).toMatchObject({ fromByte: 35, bytes: Buffer.alloc(0) });
    await files.append(path, "more\n", { sync: false });
    expect((await files.readPart(path, 35, 100))?.file).toBe(first?.file);
    await writeFile(path, "2026-11-20T10:02:00.401Z INFO  two\n");
    expect((await files.readPart(path, 0, 24))?.file).not.toBe(first?.file);
    expect((await files.readPart(path, 30, 4))?.file).not.toBe(first?.file);
  });

  it("reads only the part of a huge file", async () => {
    const path = join(folder, "agent.log");
    const handle = await open(path, "w");
    await handle.truncate(500_000_000_000);
    await handle.write("end\n", 499_999_999_996);
    await handle.close();
    expect(await files.readPart(path, -4, 4)).toMatchObject({
      sizeBytes: 500_000_000_000,
      bytes: Buffer.from("end\n"),
    });
  });

  it("reads no part of a link, a folder, a pipe or of nothing", async () => {
    await writeFile(join(folder, "secret"), "of somebody else");
    await symlink(join(folder, "secret"), join(folder, "link"));
    await promisify(execFile)("mkfifo", [join(folder, "pipe")]);
    for (const name of ["link", "pipe", ".", "none"])
      expect(await files.readPart(join(folder, name), 0, 10)).toBeNull();
  });

  it("reports a replaced file until it is stopped", async () => {
    const changes = createEventLog<string>();
    const cancel = files.watch(folder, changes.add);
    await files.replace(join(folder, "pause"), "1", SYNC);
    expect(await changes.next()).toBe("pause");
    cancel();
    cancel();
  });
});
