import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkDependencies } from "./check-dependencies.ts";
import { type SeededClone, createSeededClone } from "./seeded-clone.fixture.ts";

/** What the check has to report for one seeded import each: from -> to: rule. */
const files = [
  "shared/src/a.ts -> server/src/platform/z.ts: shared may not import this",
  "shared/client/src/a.ts -> shared/src/z.ts: shared/client may not import this",
  "server/src/platform/a.ts -> server/src/fleet/index.ts: server/platform may not import this",
  "server/src/platform/b.ts -> server/migrations/z.ts: server/platform may not import this",
  "server/src/identity/a.ts -> server/src/fleet/index.ts: server/identity may not import this",
  "server/src/fleet/a.ts -> server/src/actions/index.ts: server/fleet may not import this",
  "server/src/fleet/b.ts -> server/src/compose.ts: server/fleet may not import this",
  "server/src/actions/a.ts -> server/src/alerting/index.ts: server/actions may not import this",
  "server/src/alerting/a.ts -> server/src/business/index.ts: server/alerting may not import this",
  "server/src/business/a.ts -> server/src/actions/index.ts: server/business may not import this",
  "server/src/releases/a.ts -> server/src/actions/index.ts: server/releases may not import this",
  "server/src/compat/a.ts -> server/src/fleet/device.service.ts: a module is entered by its index.ts",
  "server/src/fleet/c.ts -> server/src/identity/user.service.ts: a module is entered by its index.ts",
  "server/src/fleet/d.ts -> server/src/fleet/z.test.ts: code does not import tests",
  "server/src/fleet/a.routes.ts -> server/src/fleet/z.repository.ts: routes ask services, not repositories",
  "server/src/fleet/a.service.ts -> server/src/fleet/z.routes.ts: services know no HTTP",
  "server/src/main.ts -> desktop-agent/src/agent/z.ts: server/top may not import this",
  "server/migrations/a.ts -> server/src/fleet/z.ts: server/migrations may not import this",
  "server/dashboard/src/a.tsx -> server/src/fleet/z.ts: server/dashboard may not import this",
  "desktop-agent/src/agent/a.ts -> desktop-agent/src/platform/create-platform.ts: agent/engine may not import this",
  "desktop-agent/src/agent/b.ts -> desktop-agent/src/platform/fake/z.ts: fakes are for tests",
  "desktop-agent/src/collectors/a.ts -> desktop-agent/src/platform/linux/z.ts: agent/engine may not import this",
  "desktop-agent/src/transport/a.ts -> desktop-agent/src/headless/z.ts: agent/engine may not import this",
  "desktop-agent/src/platform/linux/a.ts -> desktop-agent/src/platform/macos/z.ts: agent/linux may not import this",
  "desktop-agent/src/platform/windows/a.ts -> desktop-agent/src/agent/z.ts: agent/windows may not import this",
  "desktop-agent/src/electron/renderer/a.ts -> desktop-agent/src/electron/main/z.ts: agent/windowed may not import this",
  "desktop-agent/src/agent-host/a.ts -> desktop-agent/src/headless/z.ts: agent/host may not import this",
  "desktop-agent/src/agent-host/b.ts -> desktop-agent/src/electron/main/z.ts: agent/host may not import this",
  "desktop-agent/src/headless/a.ts -> server/src/fleet/index.ts: agent/headless may not import this",
  "desktop-agent/src/headless/b.ts -> desktop-agent/src/electron/main/z.ts: agent/headless may not import this",
  "desktop-agent/src/electron/main/a.ts -> desktop-agent/src/headless/z.ts: agent/electron main may not import this",
  "build/a.ts -> desktop-agent/src/agent/z.ts: build may not import this",
  "build/b.ts -> server/src/compose.ts: build may not import this",
  "build/api-document/a.ts -> desktop-agent/src/agent/z.ts: build/api-document may not import this",
];

const packages = [
  "shared/src/c.ts -> node:fs: shared knows no Node",
  "shared/src/d.ts -> hono: shared knows zod alone",
  "server/dashboard/src/c.ts -> node:fs: server/dashboard knows no Node",
  "server/src/fleet/e.service.ts -> kysely: SQL lives in repositories",
  "server/src/fleet/f.routes.ts -> kysely: SQL lives in repositories",
  "server/src/fleet/g.service.ts -> pg: SQL lives in repositories",
  "server/src/fleet/h.service.ts -> hono: services know no HTTP",
  "server/src/fleet/i.ts -> node:child_process: one file of the agent, and one of the server, start processes",
  "desktop-agent/src/agent/c.ts -> node:child_process: one file of the agent, and one of the server, start processes",
  "desktop-agent/src/platform/linux/c.ts -> node:child_process: one file of the agent, and one of the server, start processes",
  "server/src/fleet/j.ts -> ./missing.ts: every import leads somewhere",
];

let clone: SeededClone;
let problems: string[];

beforeAll(async () => {
  clone = await createSeededClone();
  for (const [from, to] of files.map(split)) {
    const relative = path.posix.relative(path.posix.dirname(from), to);
    await clone.seed(to, "export type thing = string;");
    await clone.seed(from, writeImport(relative.startsWith(".") ? relative : `./${relative}`));
  }
  for (const [from, to] of packages.map(split)) await clone.seed(from, writeImport(to));
  problems = (await checkDependencies(clone.root)).problems;
});

afterAll(() => clone.remove());

function split(line: string): [from: string, to: string, rule: string] {
  const [from = "", to = "", rule = ""] = line.split(/ -> |: /);
  return [from, to, rule];
}

function writeImport(specifier: string): string {
  const kind = specifier.startsWith(".") ? "import type" : "import";
  return `${kind} { thing } from "${specifier}"; export type Mine = typeof thing;`;
}

test.each(files)("finds %s", (line) => {
  expect(problems).toContain(line);
});

test.each(packages)("finds %s", (line) => {
  const [from, , rule] = split(line);
  const found = problems.filter((problem) => problem.startsWith(`${from} -> `));
  expect(found).toEqual([expect.stringMatching(new RegExp(`: ${rule}$`))]);
});
