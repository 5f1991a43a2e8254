import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export type SeededClone = {
  root: string;
  seed: (file: string, content: string) => Promise<void>;
  remove: () => Promise<void>;
};

/** An empty clone with the packages that the seeded files import. */
export async function createSeededClone(): Promise<SeededClone> {
  const root = await mkdtemp(path.join(tmpdir(), "muster-dependencies-"));
  const seed = async (file: string, content: string) => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  };
  for (const name of ["zod", "kysely", "hono", "pg"]) {
    await seed(`node_modules/${name}/package.json`, JSON.stringify({ name, exports: "./index.js" }));
    await seed(`node_modules/${name}/index.js`, "export const thing = 1;");
  }
  const shared = { name: "@muster/shared", exports: { "./*": "./src/*" } };
  await seed("shared/package.json", JSON.stringify(shared));
  await mkdir(path.join(root, "node_modules/@muster"));
  await symlink(path.join(root, "shared"), path.join(root, "node_modules/@muster/shared"), "junction");
  return { root, seed, remove: () => rm(root, { recursive: true, force: true }) };
}
