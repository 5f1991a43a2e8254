import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommandLine } from "../../server/src/cli/command-line.ts";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import { createTestDatabase } from "./test-database.ts";

const MASTER_KEY = Buffer.alloc(32, 7).toString("base64");

type Ran = {
  exitCode: number;
  out: string;
  err: string;
  /** What `--json` printed. */
  json: ReturnType<typeof JSON.parse>;
};

export type TestShell = {
  dataDir: string;
  databaseUrl: string;
  environment: Record<string, string>;
  /** Runs one command; with `json`, adds `--json` and reads what it printed. */
  run(
    args: readonly string[],
    how?: { stdin?: string; json?: boolean; environment?: Record<string, string> },
  ): Promise<Ran>;
  remove(): Promise<void>;
};

/** The command line on a data folder that does not exist yet, or on an empty PostgreSQL database. */
export async function openShell(dialect: Dialect): Promise<TestShell> {
  const folder = await mkdtemp(path.join(tmpdir(), "muster-cli-"));
  const dataDir = path.join(folder, "data");
  const database = dialect === "postgres" ? await createTestDatabase() : null;
  const databaseUrl = database?.url ?? `sqlite:${path.join(dataDir, "muster.db")}`;
  const environment = {
    MUSTER_DATA_DIR: dataDir,
    MUSTER_PORT: "0",
    ...(database && { MUSTER_DATABASE_URL: databaseUrl, MUSTER_MASTER_KEY: MASTER_KEY }),
  };
  return {
    dataDir,
    databaseUrl,
    environment,
    async run(args, { stdin = "", json = false, environment: more = {} } = {}) {
      let out = "";
      let err = "";
      const exitCode = await runCommandLine(json ? [...args, "--json"] : args, {
        environment: { ...environment, ...more },
        account: "tester",
        out: (chunk) => {
          out += chunk;
        },
        err: (chunk) => {
          err += chunk;
        },
        readStdin: async () => stdin,
      });
      return { exitCode, out, err, json: json ? JSON.parse(out) : undefined };
    },
    async remove() {
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
