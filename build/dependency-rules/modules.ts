/** A part of the code base, and what it may import besides itself. */
export type Module = {
  name: string;
  /** Regular expression of its paths. A file belongs to the first module whose pattern matches. */
  holds: string;
  /** Names of other modules. */
  mayImport: readonly string[];
  /** Packages from npm that it may import; all when absent. */
  packages?: readonly string[];
  /** Whether modules of Node are forbidden. */
  isPure?: boolean;
};

const modulesBelow = ["server/fleet", "server/identity", "server/platform", "shared"];
const allModules = [...modulesBelow, "server/actions", "server/alerting", "server/business"];
const wholeServer = [...allModules, "server/releases", "server/compat", "server/migrations"];
const agentEngine = ["agent/ports", "agent/validators", "shared"];
const agentSystem = [...agentEngine, "agent/platform", "agent/run-command"];
const systems = ["agent/linux", "agent/macos", "agent/windows", "agent/fake"];
const wholeAgent = [
  ...agentSystem,
  ...systems,
  "agent/create-platform",
  "agent/engine",
  "agent/ipc-contract",
];
const agentPrograms = ["agent/headless", "agent/electron main"];
const hostedAgent = [...wholeAgent, "agent/host"];

/** The table of docs/architecture.md, "Modules and what they may import", row by row. */
export const modules: readonly Module[] = [
  { name: "shared", holds: "^shared/src/", mayImport: [], packages: ["zod"], isPure: true },

  {
    name: "shared/client",
    holds: "^shared/client/src/",
    mayImport: [],
    packages: ["openapi-fetch"],
    isPure: true,
  },

  { name: "server/platform", holds: "^server/src/platform/", mayImport: ["shared"] },
  { name: "server/identity", holds: "^server/src/identity/", mayImport: ["server/platform", "shared"] },
  {
    name: "server/fleet",
    holds: "^server/src/fleet/",
    mayImport: ["server/identity", "server/platform", "shared"],
  },
  { name: "server/actions", holds: "^server/src/actions/", mayImport: modulesBelow },
  { name: "server/alerting", holds: "^server/src/alerting/", mayImport: modulesBelow },
  { name: "server/business", holds: "^server/src/business/", mayImport: modulesBelow },
  { name: "server/releases", holds: "^server/src/releases/", mayImport: modulesBelow },
  { name: "server/compat", holds: "^server/src/compat/", mayImport: allModules },
  { name: "server/migrations", holds: "^server/migrations/", mayImport: ["server/platform"] },
  { name: "server/top", holds: "^server/src/(cli/.+|[^/]+)$", mayImport: wholeServer },
  { name: "server/bin", holds: "^server/bin/", mayImport: ["build", "server/top"] },
  {
    name: "server/dashboard statements",
    holds:
      "^server/dashboard/src/(features/device/device-statements|features/fleet/(device-state|reason-text)|ui/state-name)\\.ts$",
    mayImport: ["shared"],
    isPure: true,
  },
  {
    name: "server/dashboard",
    holds: "^server/dashboard/src/",
    mayImport: ["server/dashboard statements", "shared"],
    isPure: true,
  },
  { name: "server/dashboard build", holds: "^server/dashboard/[^/]+$", mayImport: ["shared"] },

  { name: "agent/ports", holds: "^desktop-agent/src/platform/ports(/|\\.ts$)", mayImport: ["shared"] },
  {
    name: "agent/run-command",
    holds: "^desktop-agent/src/platform/run-command\\.(test\\.)?ts$",
    mayImport: ["agent/ports", "agent/platform", "shared"],
  },
  {
    name: "agent/create-platform",
    holds: "^desktop-agent/src/platform/create-platform\\.(test\\.)?ts$",
    mayImport: [...agentSystem, ...systems],
  },
  { name: "agent/linux", holds: "^desktop-agent/src/platform/linux/", mayImport: agentSystem },
  { name: "agent/macos", holds: "^desktop-agent/src/platform/macos/", mayImport: agentSystem },
  { name: "agent/windows", holds: "^desktop-agent/src/platform/windows/", mayImport: agentSystem },
  { name: "agent/fake", holds: "^desktop-agent/src/platform/fake/", mayImport: agentSystem },
  { name: "agent/testing", holds: "^desktop-agent/src/platform/testing/", mayImport: wholeAgent },
  {
    name: "agent/platform",
    holds: "^desktop-agent/src/platform/[^/]+$",
    mayImport: ["agent/ports", "agent/run-command", "shared"],
  },
  { name: "agent/validators", holds: "^desktop-agent/src/validators/", mayImport: ["shared"], isPure: true },
  { name: "agent/engine", holds: "^desktop-agent/src/(agent|collectors|transport)/", mayImport: agentEngine },
  {
    name: "agent/ipc-contract",
    holds: "^desktop-agent/src/electron/(ipc-contract\\.ts$|model/)",
    mayImport: ["shared"],
    isPure: true,
  },
  {
    name: "agent/windowed",
    holds: "^desktop-agent/src/electron/(renderer|preload)/",
    mayImport: ["agent/ipc-contract", "shared"],
  },
  { name: "agent/windows build", holds: "^desktop-agent/src/electron/[^/]+$", mayImport: ["shared"] },
  { name: "agent/host", holds: "^desktop-agent/src/agent-host/", mayImport: wholeAgent },
  { name: "agent/headless", holds: "^desktop-agent/src/headless/", mayImport: hostedAgent },
  { name: "agent/electron main", holds: "^desktop-agent/src/electron/main/", mayImport: hostedAgent },
  {
    name: "agent/electron probe",
    holds: "^desktop-agent/src/electron/probe/",
    mayImport: ["agent/platform"],
  },
  { name: "agent/bin", holds: "^desktop-agent/bin/", mayImport: ["build", "agent/headless"] },

  { name: "build/api-document", holds: "^build/api-document/", mayImport: ["server/top", ...wholeServer] },
  { name: "build", holds: "^build/", mayImport: ["agent/validators", "shared"] },
  {
    name: "tests",
    holds: "^tests/",
    mayImport: [
      "build",
      "build/api-document",
      "shared/client",
      "server/dashboard statements",
      "server/top",
      ...agentPrograms,
      ...wholeServer,
      ...hostedAgent,
    ],
  },
];

/** The module of a file, or undefined when the table has none for it. */
export function findModule(file: string): Module | undefined {
  return modules.find((module) => new RegExp(module.holds).test(file));
}
