import { globSync } from "node:fs";
import path from "node:path";
import { allExtensions, cruise, type ICruiseResult, type IViolation } from "dependency-cruiser";
import { findRoom } from "./rooms.ts";
import { listRules } from "./rules.ts";

export type ArrowsReport = { modules: number; problems: string[] };

const sources = [
  "{shared,server,server/dashboard,desktop-agent}/src/**/*.{ts,tsx}",
  "server/{migrations,bin}/**/*.{ts,mjs}",
  "server/dashboard/*.ts",
  "desktop-agent/bin/*.mjs",
  "{build,tests}/**/*.{ts,mjs}",
];

/**
 * Holds every import below `root` against the arrows. A file that was not read, and a run without files, is a problem
 * like any other: a check that saw nothing has found nothing out.
 */
export async function checkArrows(root: string): Promise<ArrowsReport> {
  const files = globSync(sources, { cwd: root, exclude: ["**/node_modules/**", "**/dist/**"] }).map((file) =>
    file.replaceAll("\\", "/"),
  );
  if (files.length === 0) return { modules: 0, problems: ["There is no source file to check."] };
  const result = await readImports(root, files);
  const read = new Set(result.modules.map((module) => module.source).filter(isReadable));
  const unread = files.filter((file) => !read.has(file));
  const homeless = files.filter((file) => findRoom(file) === undefined);
  return {
    modules: files.length - unread.length,
    problems: [
      ...unread.map((file) => `${file}: could not be read`),
      ...homeless.map((file) => `${file}: belongs to no room of build/arrows/rooms.ts`),
      ...result.summary.violations.map(describe),
    ],
  };
}

async function readImports(root: string, files: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(
    files,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: listRules() },
      tsPreCompilationDeps: true,
      doNotFollow: { path: "node_modules" },
    },
    { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  );
  if (typeof output === "string") throw new Error(`dependency-cruiser said: ${output}`);
  return output;
}

/** Without a TypeScript that it can use, dependency-cruiser takes every file in and sees no import in it. */
function isReadable(file: string): boolean {
  return allExtensions.some(({ extension, available }) => available && extension === path.extname(file));
}

function describe({ from, to, rule, cycle }: IViolation): string {
  const trail = cycle ? [from, ...cycle.map(({ name }) => name)].join(" -> ") : `${from} -> ${to}`;
  return `${trail}: ${rule.name}`;
}
