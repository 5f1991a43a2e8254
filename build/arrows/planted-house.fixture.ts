import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export type PlantedHouse = {
  root: string;
  plant: (file: string, content: string) => Promise<void>;
  remove: () => Promise<void>;
};

/** An empty clone with the packages that its files import. */
export async function plantHouse(): Promise<PlantedHouse> {
  const root = await mkdtemp(path.join(tmpdir(), "muster-arrows-"));
  const plant = async (file: string, content: string) => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  };
  for (const name of ["zod", "kysely", "hono", "pg"]) {
    await plant(`node_modules/${name}/package.json`, JSON.stringify({ name, exports: "./index.js" }));
    await plant(`node_modules/${name}/index.js`, "export const thing = 1;");
  }
  const shared = { name: "@muster/shared", exports: { "./*": "./src/*" } };
  await plant("shared/package.json", JSON.stringify(shared));
  await mkdir(path.join(root, "node_modules/@muster"));
  await symlink(path.join(root, "shared"), path.join(root, "node_modules/@muster/shared"), "junction");
  return { root, plant, remove: () => rm(root, { recursive: true, force: true }) };
}
