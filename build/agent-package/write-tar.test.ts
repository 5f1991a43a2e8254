import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeTar } from "./write-tar.ts";

describe("an archive of a folder", () => {
  let folder: string;
  let tree: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "muster-tar-"));
    tree = path.join(folder, "agent");
    await mkdir(path.join(tree, "b"), { recursive: true });
    await writeFile(path.join(tree, "run"), "#!/bin/sh\n", { mode: 0o700 });
    await writeFile(path.join(tree, "b", "text"), "x".repeat(1000));
    await writeFile(path.join(tree, "b", "empty"), "");
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("is unpacked by tar with the same content and modes", async () => {
    const archive = path.join(folder, "a.tar.gz");
    await writeTar(tree, archive);
    const target = path.join(folder, "unpacked");
    await mkdir(target);
    execFileSync("tar", ["xzpf", archive, "-C", target]);
    expect(await readFile(path.join(target, "agent/b/text"), "utf8")).toBe("x".repeat(1000));
    expect(await readFile(path.join(target, "agent/b/empty"), "utf8")).toBe("");
    expect((await stat(path.join(target, "agent/run"))).mode & 0o777).toBe(0o755);
    expect((await stat(path.join(target, "agent/b/text"))).mode & 0o777).toBe(0o644);
  });

  it("has the same bytes whenever and by whomever it is made", async () => {
    const first = path.join(folder, "first");
    const second = path.join(folder, "second");
    await writeTar(tree, first);
    await utimes(path.join(tree, "run"), 0, 0);
    await chmod(path.join(tree, "b", "text"), 0o600);
    await writeTar(tree, second);
    expect(await readFile(second)).toEqual(await readFile(first));
  });

  it("refuses a name that does not fit", async () => {
    await writeFile(path.join(tree, "n".repeat(120)), "");
    await expect(writeTar(tree, path.join(folder, "a"))).rejects.toThrow("too long");
  });
});
