import type { IForbiddenRuleType } from "dependency-cruiser";
import { type Module, modules } from "./modules.ts";

const ourCode = "^(shared|server|desktop-agent|build|tests)/.+(?<!package\\.json)$";
const packages = "(^|/)node_modules/";
const tests = "\\.(test|fixture)\\.tsx?$";
const repositories = "repository(\\.(sqlite|postgres))?\\.ts$";
const fakes = "^desktop-agent/src/platform/(fake|testing)/";
const testSupport = ["^tests/harness/", fakes];

/** Every rule that a change must not break, as dependency-cruiser reads them. */
export function listRules(): IForbiddenRuleType[] {
  return [...modules.flatMap(listModuleRules), ...listGeneralRules()].map((rule) => ({
    severity: "error",
    ...rule,
  }));
}

function listModuleRules(module: Module): IForbiddenRuleType[] {
  const from = { path: module.holds, pathNot: listEarlierModules(module) };
  const noTests = { ...from, pathNot: [...from.pathNot, tests] };
  const within = modules.filter(({ name }) => name === module.name || module.mayImport.includes(name));
  const to = { path: ourCode, pathNot: [packages, ...testSupport, ...within.map(({ holds }) => holds)] };
  const rules: IForbiddenRuleType[] = [{ name: `${module.name} may not import this`, from, to }];
  if (module.isPure) {
    rules.push({ name: `${module.name} knows no Node`, from: noTests, to: { dependencyTypes: ["core"] } });
  }
  if (module.packages) {
    const allowed = module.packages.map((name) => `(^|/)node_modules/${name}/`);
    rules.push({
      name: `${module.name} knows ${module.packages.join(", ")} alone`,
      from: noTests,
      to: { path: packages, pathNot: allowed },
    });
  }
  return rules;
}

/** Patterns overlap on purpose: a file belongs to the first module whose pattern matches. */
function listEarlierModules(module: Module): string[] {
  return modules.slice(0, modules.indexOf(module)).map(({ holds }) => holds);
}

function listGeneralRules(): IForbiddenRuleType[] {
  return [
    { name: "no cycles", from: {}, to: { circular: true } },
    { name: "every import leads somewhere", from: {}, to: { couldNotResolve: true, pathNot: "^virtual:" } },
    {
      name: "code does not import tests",
      from: { path: ourCode, pathNot: [tests, "^tests/"] },
      to: { path: [tests, "^tests/"] },
    },
    {
      name: "fakes are for tests",
      from: { path: ourCode, pathNot: [tests, "^tests/", fakes, "/create-platform\\.ts$"] },
      to: { path: fakes },
    },
    {
      name: "a module is entered by its index.ts",
      from: { path: "^server/src/([^/]+)/", pathNot: [tests, "^server/src/cli/"] },
      to: {
        path: "^server/src/(?!platform/|cli/)[^/]+/",
        pathNot: ["^server/src/$1/", "^server/src/[^/]+/index\\.ts$"],
      },
    },
    {
      // A service passes transactions on and so needs their type. The linter checks that it builds no query.
      name: "SQL lives in repositories",
      from: {
        path: "^server/src/",
        pathNot: [tests, repositories, "^server/src/platform/(database|events|jobs)/"],
      },
      to: { path: `${packages}(kysely|pg|better-sqlite3)/`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "services know no HTTP",
      from: { path: "^server/src/.+\\.(service|repository|job)\\.ts$" },
      to: { path: [`${packages}(hono|@hono/[^/]+)/`, "\\.routes\\.ts$", "^(node:)?https?$"] },
    },
    {
      name: "routes ask services, not repositories",
      from: { path: "\\.routes\\.ts$" },
      to: { path: repositories },
    },
    {
      name: "the agent runs generated validators, not their schemas",
      from: { path: "^desktop-agent/", pathNot: tests },
      to: { path: "^desktop-agent/src/validators/.+-schemas\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "one file of the agent, and one of the server, start processes",
      from: {
        path: "^(shared|server|desktop-agent)/",
        pathNot: [
          tests,
          "^desktop-agent/src/platform/run-command\\.ts$",
          "^server/src/releases/artefacts/run-build\\.ts$",
        ],
      },
      to: { path: "^(node:)?child_process$" },
    },
  ];
}
