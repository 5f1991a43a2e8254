import { chmod, chown, lchown, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { homeProblem } from "./home-owner.ts";

const isRoot = process.getuid?.() === 0;
const SOMEBODY = 54_321;
const SOMEBODY_ELSE = 54_322;
let folder: string;
let home: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-home-"));
  home = join(folder, "var", "agent");
  await mkdir(home, { recursive: true, mode: 0o700 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.runIf(isRoot)(
  "the home folder of root's agent (skipped for others, who cannot make the folders)",
  () => {
    it("may belong to root, below folders of root, whether it exists or not", async () => {
      expect(await homeProblem(home, 0)).toBeNull();
      expect(await homeProblem(join(home, "deeper", "still"), 0)).toBeNull();
    });

    it("may not belong to another user, nor be in a folder of one", async () => {
      await chown(home, SOMEBODY, SOMEBODY);
      expect(await homeProblem(home, 0)).toBe(`${home} belongs to another user (uid ${SOMEBODY})`);
      await chown(home, 0, 0);
      await chown(join(folder, "var"), SOMEBODY, 0);
      expect(await homeProblem(home, 0)).toContain("belongs to another user");
      expect(await homeProblem(join(folder, "var", "none", "yet"), 0)).toContain("belongs to another user");
    });

    it("may not be where others can write, unless only owners can rename there", async () => {
      const parent = join(folder, "var");
      await chmod(parent, 0o777);
      expect(await homeProblem(home, 0)).toBe(`other users may write to ${parent}`);
      await chmod(parent, 0o1777);
      expect(await homeProblem(home, 0)).toBeNull();
      await chmod(parent, 0o775);
      expect(await homeProblem(home, 0)).toBeNull();
      await chown(parent, 0, SOMEBODY);
      await chmod(parent, 0o775);
      expect(await homeProblem(home, 0)).toBe(`other users may write to ${parent}`);
    });

    it("may not be reached by a link of another user, nor lead into a folder of one", async () => {
      const link = join(folder, "link");
      await symlink(home, link);
      expect(await homeProblem(link, 0)).toBeNull();
      await chown(join(folder, "var"), SOMEBODY, 0);
      expect(await homeProblem(link, 0)).toContain("belongs to another user");
      await chown(join(folder, "var"), 0, 0);
      await rm(link);
      await symlink(home, link);
      await lchown(link, SOMEBODY, SOMEBODY);
      expect(await homeProblem(link, 0)).toContain("belongs to another user");
    });

    it("may belong to an ordinary user whose group is their own", async () => {
      await chown(join(folder, "var"), SOMEBODY, SOMEBODY);
      await chmod(join(folder, "var"), 0o775);
      await chown(home, SOMEBODY, SOMEBODY);
      expect(await homeProblem(home, SOMEBODY)).toBeNull();
      expect(await homeProblem(home, SOMEBODY_ELSE)).toContain("belongs to another user");
    });
  },
);
