import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { LongestFirst } from "./tests/harness/longest-first.ts";

const onBothDatabases = ["server/src/**/*repository.test.ts"];
const withDatabase = { globalSetup: ["./tests/harness/postgres.ts"], hookTimeout: 60_000 };
/** Its files wait for processes and timers more than they compute, so a third one runs beside two that compute. */
const waiting = { maxWorkers: 3 };
const alone = { fileParallelism: false };
const slow = { ...withDatabase, testTimeout: 180_000 };

/** What waits for something waits as long as a busy machine may need: a time limit is no test's assertion. */
const patienceOf = (patienceMs: number) => ({
  setupFiles: ["./tests/harness/patience.ts"],
  expect: { poll: { timeout: patienceMs } },
  provide: { patienceMs, isFullRun: false },
});
const patient = patienceOf(30_000);

/** What `npm test` covers pairwise or in a shorter form, in full: commands of their own. */
const inFull = { ...patient, provide: { ...patient.provide, isFullRun: true } };
const soak = [
  "faults/action-crash",
  "faults/agent-killed",
  "faults/alarm-kill",
  "faults/history-kill",
  "faults/ingest-kill",
  "security/held-connections",
];
const screens = ["accessibility", "dashboard-languages", "tray-accessibility", "tray-languages"];

type Project = NonNullable<TestProjectInlineConfiguration["test"]>;

/**
 * Projects of one stage run at the same time, stages one after the other: what fails fast comes first, and what installs packages on this
 * machine runs alone.
 */
const stages: Project[][] = [
  [
    {
      name: "unit",
      include: [
        "{server,shared,shared/client,desktop-agent,server/dashboard}/src/**/*.test.{ts,tsx}",
        "{build,tests/harness}/**/*.test.ts",
      ],
      exclude: [...onBothDatabases, "**/node_modules/**"],
      // A hang is found soon; a test that computes for longer says so itself.
      testTimeout: 30_000,
      ...patienceOf(20_000),
    },
  ],
  [
    { name: "cases", include: ["tests/cases/**/*.test.ts"], ...withDatabase, testTimeout: 120_000 },
    { name: "contract", include: ["tests/contract/**/*.test.ts"], testTimeout: 120_000 },
  ],
  [
    {
      name: "integration",
      include: ["tests/integration/**/*.test.ts", ...onBothDatabases],
      ...withDatabase,
      ...waiting,
      testTimeout: 120_000,
    },
    { name: "faults", include: ["tests/faults/**/*.test.ts"], ...slow, ...waiting },
    { name: "security", include: ["tests/security/**/*.test.ts"], ...slow, ...waiting },
    { name: "e2e", include: ["tests/e2e/**/*.test.ts"], ...slow, ...waiting },
  ],
  [{ name: "packages", include: ["tests/packages/**/*.test.ts"], ...slow, ...alone }],
  [
    {
      name: "screens",
      include: screens.map((name) => `tests/e2e/${name}.test.ts`),
      ...slow,
      ...inFull,
      ...alone,
      testTimeout: 900_000,
    },
  ],
  [
    {
      name: "month",
      include: [
        "server/src/fleet/presence/presence-week.test.ts",
        "tests/integration/history-year.test.ts",
        "tests/integration/alarm-month.test.ts",
      ],
      ...withDatabase,
      ...inFull,
      testTimeout: 900_000,
    },
  ],
  [
    {
      name: "soak",
      include: soak.map((name) => `tests/${name}.test.ts`),
      ...slow,
      ...inFull,
      ...alone,
      testTimeout: 900_000,
    },
  ],
  [
    {
      name: "forecast",
      include: ["tests/integration/forecast-year.test.ts"],
      ...inFull,
      testTimeout: 600_000,
    },
  ],
  [{ name: "arm64", include: ["tests/arm64/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 300_000 }],
  [{ name: "systemd", include: ["tests/systemd/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000 }],
  [
    {
      name: "windows",
      include: ["tests/windows/**/*.test.ts"],
      // They share one Wine, whose Task Scheduler serves one at a time.
      ...alone,
      testTimeout: 180_000,
      hookTimeout: 900_000,
    },
  ],
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    // Tests that only wait may all wait together.
    maxConcurrency: 20,
    sequence: { sequencer: LongestFirst },
    projects: stages.flatMap((stage, groupOrder) =>
      stage.map((project) => ({ test: { ...patient, ...project, sequence: { groupOrder } } })),
    ),
  },
});
