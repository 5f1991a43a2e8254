import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkArrows } from "./check-arrows.ts";

const server = "server/src";
const agent = "desktop-agent/src";
let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "muster-arrows-"));
  for (const name of ["zod", "kysely", "hono", "pg"]) {
    await plant(`node_modules/${name}/package.json`, JSON.stringify({ name, exports: "./index.js" }));
    await plant(`node_modules/${name}/index.js`, "export const thing = 1;");
  }
  await plant(
    "shared/package.json",
    JSON.stringify({ name: "@muster/shared", exports: { "./*": "./src/*" } }),
  );
  await mkdir(path.join(root, "node_modules/@muster"));
  await symlink(path.join(root, "shared"), path.join(root, "node_modules/@muster/shared"), "junction");
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function plant(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
}

test("a run that read nothing is a failure", async () => {
  expect(await checkArrows(path.join(root, "node_modules"))).toEqual({
    modules: 0,
    problems: ["There is no source file to check."],
  });
});

test("files that the reader cannot read are a failure, not an empty house", async () => {
  await plant("shared/src/report.ts", "export const report = 1;");
  const checker = new URL("check-arrows.ts", import.meta.url).href;
  await plant(
    "without-typescript.mjs",
    `import { registerHooks } from "node:module";
     registerHooks({ resolve(name, context, next) {
       if (name.startsWith("typescript")) throw new Error("not installed");
       return next(name, context);
     } });
     const { checkArrows } = await import(${JSON.stringify(checker)});
     console.log(JSON.stringify(await checkArrows(${JSON.stringify(root)})));`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(root, "without-typescript.mjs")]);
  expect(JSON.parse(stdout)).toEqual({ modules: 0, problems: ["shared/src/report.ts: could not be read"] });
});

test("says nothing about a house in order", async () => {
  await plant("shared/src/report.ts", `import { thing } from "zod"; export const report = thing;`);
  await plant(
    "server/src/fleet/device.repository.ts",
    `import { thing } from "kysely"; export const device = thing;`,
  );
  await plant("server/src/fleet/index.ts", `export { device } from "./device.repository.ts";`);
  await plant(
    "server/src/actions/action.service.ts",
    `import { device } from "../fleet/index.ts"; export { device };`,
  );
  await plant(`${agent}/platform/fake/clock.ts`, "export const clock = 1;");
  await plant(
    `${agent}/agent/engine.test.ts`,
    `import { clock } from "../platform/fake/clock.ts"; export { clock };`,
  );
  await plant(
    `${server}/fleet/device.service.ts`,
    `import type { thing } from "kysely"; export type Tx = typeof thing;`,
  );
  await plant(
    "server/dashboard/src/page.tsx",
    `import { report } from "@muster/shared/report.ts"; export const x = report;`,
  );
  expect(await checkArrows(root)).toEqual({ modules: 8, problems: [] });
});

test("a file outside every room is a problem", async () => {
  await plant("server/src/misc/things.ts", "export const thing = 1;");
  const { problems } = await checkArrows(root);
  expect(problems).toEqual(["server/src/misc/things.ts: belongs to no room of build/arrows/rooms.ts"]);
});

test("a cycle is a problem, even of types alone", async () => {
  await plant("server/src/fleet/a.ts", `import type { B } from "./b.ts"; export type A = { b: B };`);
  await plant("server/src/fleet/b.ts", `import type { A } from "./a.ts"; export type B = { a: A };`);
  const { problems } = await checkArrows(root);
  expect(problems.join("\n")).toContain("no cycles");
});

describe("a planted import that the table does not allow is found", () => {
  test.each([
    ["shared", "shared/src/a.ts", `${server}/platform/b.ts`, "shared may not import this"],
    [
      "platform",
      `${server}/platform/a.ts`,
      `${server}/fleet/index.ts`,
      "server/platform may not import this",
    ],
    ["platform", `${server}/platform/a.ts`, "server/migrations/b.ts", "server/platform may not import this"],
    [
      "identity",
      `${server}/identity/a.ts`,
      `${server}/fleet/index.ts`,
      "server/identity may not import this",
    ],
    ["fleet", `${server}/fleet/a.ts`, `${server}/actions/index.ts`, "server/fleet may not import this"],
    [
      "actions",
      `${server}/actions/a.ts`,
      `${server}/alerting/index.ts`,
      "server/actions may not import this",
    ],
    [
      "alerting",
      `${server}/alerting/a.ts`,
      `${server}/business/index.ts`,
      "server/alerting may not import this",
    ],
    [
      "business",
      `${server}/business/a.ts`,
      `${server}/actions/index.ts`,
      "server/business may not import this",
    ],
    ["modules", `${server}/fleet/a.ts`, `${server}/compose.ts`, "server/fleet may not import this"],
    [
      "compat",
      `${server}/compat/a.ts`,
      `${server}/fleet/device.service.ts`,
      "a module is entered by its index.ts",
    ],
    [
      "fleet",
      `${server}/fleet/a.ts`,
      `${server}/identity/user.service.ts`,
      "a module is entered by its index.ts",
    ],
    ["migrations", "server/migrations/a.ts", `${server}/fleet/b.ts`, "server/migrations may not import this"],
    [
      "dashboard",
      "server/dashboard/src/a.tsx",
      `${server}/fleet/b.ts`,
      "server/dashboard may not import this",
    ],
    [
      "engine",
      `${agent}/agent/a.ts`,
      `${agent}/platform/create-platform.ts`,
      "agent/engine may not import this",
    ],
    [
      "engine",
      `${agent}/collectors/a.ts`,
      `${agent}/platform/linux/b.ts`,
      "agent/engine may not import this",
    ],
    ["engine", `${agent}/transport/a.ts`, `${agent}/headless/b.ts`, "agent/engine may not import this"],
    [
      "system",
      `${agent}/platform/linux/a.ts`,
      `${agent}/platform/macos/b.ts`,
      "agent/linux may not import this",
    ],
    ["system", `${agent}/platform/windows/a.ts`, `${agent}/agent/b.ts`, "agent/windows may not import this"],
    [
      "renderer",
      `${agent}/electron/renderer/a.ts`,
      `${agent}/electron/main/b.ts`,
      "agent/windowed may not import this",
    ],
    ["agent", `${agent}/headless/a.ts`, `${server}/fleet/index.ts`, "agent/top may not import this"],
    ["server", `${server}/compose.ts`, `${agent}/agent/b.ts`, "server/top may not import this"],
    [
      "routes",
      `${server}/fleet/a.routes.ts`,
      `${server}/fleet/a.repository.ts`,
      "routes ask services, not repositories",
    ],
    ["services", `${server}/fleet/a.service.ts`, `${server}/fleet/a.routes.ts`, "services know no HTTP"],
    ["code", `${server}/fleet/a.ts`, `${server}/fleet/b.test.ts`, "code does not import tests"],
  ])("%s: %s -> %s", async (_room, from, to, rule) => {
    await plant(to, "export type Thing = string;");
    const relative = path.posix.relative(path.posix.dirname(from), to);
    const specifier = relative.startsWith(".") ? relative : `./${relative}`;
    await plant(from, `import type { Thing } from "${specifier}"; export type Mine = Thing;`);
    const { problems } = await checkArrows(root);
    expect(problems).toContain(`${from} -> ${to}: ${rule}`);
  });

  test.each([
    ["shared/src/a.ts", "node:fs", "shared knows no Node"],
    ["shared/src/a.ts", "hono", "shared knows zod alone"],
    ["server/dashboard/src/a.ts", "node:fs", "server/dashboard knows no Node"],
    [`${server}/fleet/device.service.ts`, "kysely", "queries are built in repositories"],
    [`${server}/fleet/device.routes.ts`, "kysely", "queries are built in repositories"],
    [`${server}/fleet/device.service.ts`, "pg", "SQL lives in repositories"],
    [`${server}/fleet/device.service.ts`, "hono", "services know no HTTP"],
    [`${agent}/platform/linux/a.ts`, "node:child_process", "one file of the agent starts processes"],
    [`${agent}/agent/a.ts`, "node:child_process", "one file of the agent starts processes"],
    [`${server}/fleet/a.ts`, "./missing.ts", "every import leads somewhere"],
  ])("%s -> %s: %s", async (from, specifier, rule) => {
    await plant(from, `import { thing } from "${specifier}"; export const mine = thing;`);
    const { problems } = await checkArrows(root);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`: ${rule}`);
  });

  test("in an import that runs later, or names only a type", async () => {
    await plant(`${server}/fleet/index.ts`, "export type Thing = string;");
    await plant(`${server}/platform/a.ts`, `export const later = () => import("../fleet/index.ts");`);
    await plant(`${server}/platform/b.ts`, `export type Mine = import("../fleet/index.ts").Thing;`);
    await plant(`${server}/platform/c.ts`, `export * from "../fleet/index.ts";`);
    const { problems } = await checkArrows(root);
    expect(problems.toSorted()).toEqual(
      ["a", "b", "c"].map(
        (name) =>
          `${server}/platform/${name}.ts -> ${server}/fleet/index.ts: server/platform may not import this`,
      ),
    );
  });
});
