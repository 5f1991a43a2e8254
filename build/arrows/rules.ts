import type { IForbiddenRuleType } from "dependency-cruiser";
import { type Room, rooms } from "./rooms.ts";

const ours = "^(shared|server|desktop-agent|build|tests)/.+(?<!package\\.json)$";
const packages = "(^|/)node_modules/";
const tests = "\\.(test|fixture)\\.tsx?$";
const repositories = "repository(\\.(sqlite|postgres))?\\.ts$";
const fakes = "^desktop-agent/src/platform/(fake|testing)/";
const whatTestsUse = ["^tests/harness/", fakes];

/** Every rule that a change must not break, as dependency-cruiser reads them. */
export function listRules(): IForbiddenRuleType[] {
  return [...rooms.flatMap(listRoomRules), ...listHouseRules()].map((rule) => ({
    severity: "error",
    ...rule,
  }));
}

function listRoomRules(room: Room): IForbiddenRuleType[] {
  const from = { path: room.holds, pathNot: listEarlierRooms(room) };
  const noTests = { ...from, pathNot: [...from.pathNot, tests] };
  const within = rooms.filter(({ name }) => name === room.name || room.mayImport.includes(name));
  const to = { path: ours, pathNot: [packages, ...whatTestsUse, ...within.map(({ holds }) => holds)] };
  const rules: IForbiddenRuleType[] = [{ name: `${room.name} may not import this`, from, to }];
  if (room.isPure) {
    rules.push({ name: `${room.name} knows no Node`, from: noTests, to: { dependencyTypes: ["core"] } });
  }
  if (room.packages) {
    const allowed = room.packages.map((name) => `(^|/)node_modules/${name}/`);
    rules.push({
      name: `${room.name} knows ${room.packages.join(", ")} alone`,
      from: noTests,
      to: { path: packages, pathNot: allowed },
    });
  }
  return rules;
}

/** Rooms overlap on purpose: a file is in the first one that holds it. */
function listEarlierRooms(room: Room): string[] {
  return rooms.slice(0, rooms.indexOf(room)).map(({ holds }) => holds);
}

function listHouseRules(): IForbiddenRuleType[] {
  return [
    { name: "no cycles", from: {}, to: { circular: true } },
    { name: "every import leads somewhere", from: {}, to: { couldNotResolve: true, pathNot: "^virtual:" } },
    {
      name: "code does not import tests",
      from: { path: ours, pathNot: [tests, "^tests/"] },
      to: { path: [tests, "^tests/"] },
    },
    {
      name: "fakes are for tests",
      from: { path: ours, pathNot: [tests, "^tests/", fakes, "/create-platform\\.ts$"] },
      to: { path: fakes },
    },
    {
      name: "a module is entered by its index.ts",
      from: { path: "^server/src/([^/]+)/", pathNot: [tests, "^server/src/cli/"] },
      to: {
        path: "^server/src/(identity|fleet|actions|alerting|business|compat)/",
        pathNot: ["^server/src/$1/", "^server/src/[^/]+/index\\.ts$"],
      },
    },
    {
      // A service passes a transaction on and so knows its type; the linter sees to it that it builds no query.
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
      name: "one file of the agent starts processes",
      from: {
        path: "^(shared|server|desktop-agent)/",
        pathNot: [tests, "^desktop-agent/src/platform/run-command\\.ts$"],
      },
      to: { path: "^(node:)?child_process$" },
    },
  ];
}
