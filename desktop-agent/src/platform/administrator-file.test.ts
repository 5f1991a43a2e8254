import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rootFiles } from "./administrator-file.ts";

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-etc-"));
  file = join(folder, "allowed-actions.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a file that is not there", () => {
  it("is absent, also without its folder", async () => {
    expect(await rootFiles.read(file)).toEqual({ kind: "absent" });
    expect(await rootFiles.read(join(folder, "no", "file"))).toEqual({ kind: "absent" });
  });
});

describe.runIf(isRoot)("a file of root (skipped for others, who cannot make one)", () => {
  beforeEach(() => writeFile(file, "{}", { mode: 0o644 }));

  async function reason(): Promise<string> {
    const read = await rootFiles.read(file);
    return read.kind === "unusable" ? read.reason : read.kind;
  }

  it("is read", async () => expect(await rootFiles.read(file)).toEqual({ kind: "text", text: "{}" }));

  it("is not trusted when another user owns it or others can write it", async () => {
    await chmod(file, 0o664);
    expect(await reason()).toBe("can be written by others than root");
    await chmod(file, 0o646);
    expect(await reason()).toBe("can be written by others than root");
    await chmod(file, 0o644);
    await chown(file, NOBODY, NOBODY);
    expect(await reason()).toBe("is not owned by root");
  });

  it("is not trusted in a folder in which others can replace it", async () => {
    await chmod(folder, 0o777);
    expect(await reason()).toContain("others than root can put files");
    await chmod(folder, 0o755);
    await chown(folder, NOBODY, NOBODY);
    expect(await reason()).toContain("others than root can put files");
  });

  it("is not trusted when it is a link, a folder or very long", async () => {
    await writeFile(file, "x".repeat(65_537));
    expect(await reason()).toBe("is too long");
    await rm(file);
    await mkdir(file);
    expect(await reason()).toBe("is no file");
    await rm(file, { recursive: true });
    await symlink("/etc/hostname", file);
    expect(await reason()).toBe("is a link");
  });
});
