import { globSync } from "node:fs";
import path from "node:path";
import { allExtensions, cruise, type ICruiseResult, type IViolation } from "dependency-cruiser";
import { findModule } from "./modules.ts";
import { listRules } from "./rules.ts";

export type DependencyReport = { modules: number; problems: string[] };

const sources = [
  "{shared,shared/client,server,server/dashboard,desktop-agent}/src/**/*.{ts,tsx}",
  "server/{migrations,bin}/**/*.{ts,mjs}",
  "server/dashboard/*.ts",
  "desktop-agent/bin/*.mjs",
  "{build,tests}/**/*.{ts,mjs}",
];

/**
 * Checks every import below `root` against the dependency rules. A file that could not be read and a run without files
 * are problems too: a check that read nothing proves nothing.
 */
export async function checkDependencies(root: string): Promise<DependencyReport> {
  const files = globSync(sources, { cwd: root, exclude: ["**/node_modules/**", "**/dist/**"] }).map((file) =>
    file.replaceAll("\\", "/"),
  );
  if (files.length === 0) return { modules: 0, problems: ["There is no source file to check."] };
  const result = await readImports(root, files);
  const read = new Set(result.modules.map((module) => module.source).filter(isReadable));
  const unread = files.filter((file) => !read.has(file));
  const unassigned = files.filter((file) => findModule(file) === undefined);
  return {
    modules: files.length - unread.length,
    problems: [
      ...unread.map((file) => `${file}: could not be read`),
      ...unassigned.map((file) => `${file}: belongs to no module of build/dependency-rules/modules.ts`),
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
  if (typeof output === "string") throw new Error(`dependency-cruiser answered: ${output}`);
  return output;
}

/** Without a usable TypeScript, dependency-cruiser accepts every file and finds no import in it. */
function isReadable(file: string): boolean {
  return allExtensions.some(({ extension, available }) => available && extension === path.extname(file));
}

function describe({ from, to, rule, cycle }: IViolation): string {
  const importPath = cycle ? [from, ...cycle.map(({ name }) => name)].join(" -> ") : `${from} -> ${to}`;
  return `${importPath}: ${rule.name}`;
}
