import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkDependencies } from "./check-dependencies.ts";
import { type SeededClone, createSeededClone } from "./seeded-clone.fixture.ts";

let clone: SeededClone;

beforeEach(async () => {
  clone = await createSeededClone();
});

afterEach(() => clone.remove());

async function seedAll(contents: Record<string, string>): Promise<void> {
  for (const [file, content] of Object.entries(contents)) await clone.seed(file, content);
}

test("fails when nothing was read", async () => {
  expect(await checkDependencies(path.join(clone.root, "node_modules"))).toEqual({
    modules: 0,
    problems: ["There is no source file to check."],
  });
});

test("fails when files cannot be read, instead of reporting an empty code base", async () => {
  const checker = new URL("check-dependencies.ts", import.meta.url).href;
  await seedAll({
    "shared/src/report.ts": "export const report = 1;",
    "without-typescript.mjs": `
      import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) {
        if (name.startsWith("typescript")) throw new Error("not installed");
        return next(name, context);
      } });
      const { checkDependencies } = await import(${JSON.stringify(checker)});
      console.log(JSON.stringify(await checkDependencies(${JSON.stringify(clone.root)})));`,
  });
  const script = path.join(clone.root, "without-typescript.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  expect(JSON.parse(stdout)).toEqual({ modules: 0, problems: ["shared/src/report.ts: could not be read"] });
});

test("reports nothing for code that keeps the rules", async () => {
  const contents = {
    "shared/src/report.ts": `import { thing } from "zod"; export const report = thing;`,
    "server/src/fleet/device.repository.ts": `import { thing } from "kysely"; export const device = thing;`,
    "server/src/fleet/device.service.ts": `import type { thing } from "kysely"; export type Tx = typeof thing;`,
    "server/src/fleet/index.ts": `export { device } from "./device.repository.ts";`,
    "server/src/actions/action.service.ts": `export { device } from "../fleet/index.ts";`,
    "server/dashboard/src/page.tsx": `export { report } from "@muster/shared/report.ts";`,
    "desktop-agent/src/platform/fake/clock.ts": "export const clock = 1;",
    "desktop-agent/src/agent/engine.test.ts": `export { clock } from "../platform/fake/clock.ts";`,
  };
  await seedAll(contents);
  expect(await checkDependencies(clone.root)).toEqual({
    modules: Object.keys(contents).length,
    problems: [],
  });
});

test("reports a file outside every module", async () => {
  await clone.seed("server/src/misc/things.ts", "export const thing = 1;");
  const { problems } = await checkDependencies(clone.root);
  expect(problems).toEqual([
    "server/src/misc/things.ts: belongs to no module of build/dependency-rules/modules.ts",
  ]);
});

test("reports a cycle, even of types alone", async () => {
  await seedAll({
    "server/src/fleet/a.ts": `import type { B } from "./b.ts"; export type A = { b: B };`,
    "server/src/fleet/b.ts": `import type { A } from "./a.ts"; export type B = { a: A };`,
  });
  const { problems } = await checkDependencies(clone.root);
  expect(problems.join("\n")).toContain("no cycles");
});

test("finds an import that runs later, that names only a type, or that re-exports", async () => {
  await seedAll({
    "server/src/fleet/index.ts": "export type Thing = string;",
    "server/src/platform/later.ts": `export const later = () => import("../fleet/index.ts");`,
    "server/src/platform/named.ts": `export type Mine = import("../fleet/index.ts").Thing;`,
    "server/src/platform/passed.ts": `export * from "../fleet/index.ts";`,
  });
  const { problems } = await checkDependencies(clone.root);
  const files = ["later", "named", "passed"].map((name) => `server/src/platform/${name}.ts`);
  const rule = "server/src/fleet/index.ts: server/platform may not import this";
  expect(problems.toSorted()).toEqual(files.map((file) => `${file} -> ${rule}`));
});

test("finds a schema that the agent would load, and allows its types", async () => {
  await seedAll({
    "desktop-agent/src/validators/answer-schemas.ts": "export type Answer = string; export const Answer = 1;",
    "desktop-agent/src/agent/runs.ts": `export { Answer } from "../validators/answer-schemas.ts";`,
    "desktop-agent/src/agent/names.ts": `export type { Answer } from "../validators/answer-schemas.ts";`,
  });
  const { problems } = await checkDependencies(clone.root);
  expect(problems).toEqual([
    "desktop-agent/src/agent/runs.ts -> desktop-agent/src/validators/answer-schemas.ts: the agent runs generated validators, not their schemas",
  ]);
});
