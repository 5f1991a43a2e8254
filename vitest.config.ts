import { defineConfig } from "vitest/config";

const needsPostgres = ["./tests/harness/postgres.ts"];
const unit = ["{server,shared,desktop-agent,server/dashboard}/src/**/*.test.{ts,tsx}", "build/**/*.test.ts"];
const onBothDatabases = ["server/src/**/*repository.test.ts"];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: unit,
          exclude: [...onBothDatabases, "**/node_modules/**"],
          testTimeout: 15_000,
        },
      },
      { test: { name: "contract", include: ["tests/contract/**/*.test.ts"] } },
      {
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts", ...onBothDatabases],
          globalSetup: needsPostgres,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      ...["faults", "security", "e2e"].map((name) => ({
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`],
          globalSetup: needsPostgres,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      })),
    ],
  },
});
