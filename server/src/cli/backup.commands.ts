import { rmSync } from "node:fs";
import type { Command } from "commander";
import { dropUnfinishedNotifications } from "../alerting/index.ts";
import { endUnfinishedActions } from "../actions/index.ts";
import { commandLineActor } from "../identity/index.ts";
import { systemClock } from "../platform/clock.ts";
import type { Configuration } from "../platform/config/configuration.ts";
import { loadConfiguration } from "../platform/config/load-configuration.ts";
import { sqlitePathOf } from "../platform/database/database-url.ts";
import { isPostgresServerConnected } from "../platform/jobs/job-lock.ts";
import { acquireSingleServerLock, isServerRunning } from "../platform/database/single-server-lock.ts";
import { backUpSqlite, prepareRestore } from "../platform/database/sqlite-backup.ts";
import { backUpTls, prepareTlsRestore } from "../platform/tls/tls-backup.ts";
import { StartError } from "../platform/start-error.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { openIdentity } from "./open-identity.ts";
import { recordForAll } from "./record-for-all.ts";

const KEY_REMINDER = "It does not contain the master key. Keep a separate copy of that.";

const SERVER_RUNS =
  "muster: A server uses this database. Stop it before you restore: it may have worked with the earlier state, and hand out actions.\n";

export function addBackupCommands(program: Command, shell: CommandShell): void {
  shell
    .add(program, "backup <file>", "copy the SQLite database while the server runs")
    .action((file: string, options: JsonOption) =>
      shell.print(options, async () => {
        const configuration = loadConfiguration(shell.deps.environment);
        await backUpSqlite(sqlitePath(configuration, "pg_dump"), file);
        const tls = backUpTlsBeside(configuration.dataDir, file);
        const reminder =
          tls === null
            ? ""
            : ` The key of the server's own authority is in ${tls}: keep it with the backup, as secret as the master key.`;
        return { data: { file, tls }, text: `The backup is in ${file}. ${KEY_REMINDER}${reminder}` };
      }),
    );

  shell
    .add(program, "restore <file>", "replace the SQLite database with a backup; the server must be stopped")
    .action((file: string, options: JsonOption) => shell.print(options, () => restore(file, shell)));

  shell
    .add(
      program,
      "restored",
      "after a restore with other tools: end the unfinished actions of the database as restored",
    )
    .action((options: JsonOption) =>
      shell.print(options, async () => {
        const configuration = loadConfiguration(shell.deps.environment);
        if (await isServerConnected(configuration)) shell.deps.err(SERVER_RUNS);
        const ended = await endUnfinishedWork(configuration, shell);
        return {
          data: { endedActions: ended },
          text: `${ended} unfinished actions were ended as restored.`,
        };
      }),
    );
}

/** A backup is whole or absent. */
function backUpTlsBeside(dataDir: string, file: string): string | null {
  try {
    return backUpTls(dataDir, file);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

/** Everything that may fail runs on a copy beside the database, which then replaces it in one step. */
async function restore(file: string, shell: CommandShell) {
  const configuration = loadConfiguration(shell.deps.environment);
  const path = sqlitePath(configuration, "pg_restore, then muster restored");
  const lock = acquireSingleServerLock(path);
  try {
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
    const restoring = await prepareRestore(file, path, stamp);
    try {
      const ended = await endUnfinishedWork({ ...configuration, databaseUrl: restoring.url }, shell);
      const tls = prepareTlsRestore(file, configuration.dataDir, stamp);
      const kept = restoring.install();
      const keptTls = tls.install();
      const where = [
        ...(kept === null ? [] : [` The replaced database is kept as ${kept}.`]),
        ...(keptTls === null ? [] : [` The replaced certificates are kept as ${keptTls}.`]),
      ].join("");
      return {
        data: { restored: file, kept, keptTls, endedActions: ended },
        text: `${file} is the database now. ${ended} unfinished actions were ended as restored.${where}`,
      };
    } finally {
      restoring.discard();
    }
  } finally {
    lock.release();
  }
}

async function endUnfinishedWork(configuration: Configuration, { deps }: CommandShell): Promise<number> {
  const how = { mayInitialize: false, mayUpgrade: true, err: deps.err };
  const { store, identity, close } = await openIdentity(configuration, how);
  try {
    const ended = await endUnfinishedActions({ store, clock: systemClock });
    await dropUnfinishedNotifications({ store, clock: systemClock });
    const actor = commandLineActor(deps.account);
    await recordForAll({ store, identity, actor, action: "server.restored" });
    return ended;
  } finally {
    await close();
  }
}

async function isServerConnected({ databaseUrl }: Configuration): Promise<boolean> {
  const path = sqlitePathOf(databaseUrl);
  return path === null ? isPostgresServerConnected(databaseUrl) : isServerRunning(path);
}

function sqlitePath({ databaseUrl }: Configuration, instead: string): string {
  const path = sqlitePathOf(databaseUrl);
  if (path === null) throw new StartError(`This command is for SQLite. For PostgreSQL, use ${instead}.`);
  return path;
}
