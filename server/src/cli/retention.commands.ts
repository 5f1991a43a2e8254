import type { Command } from "commander";
import { commandLineActor } from "../identity/index.ts";
import { systemClock } from "../platform/clock.ts";
import { loadConfiguration } from "../platform/config/load-configuration.ts";
import { createRetentionClockRow } from "../platform/jobs/retention-clock.system-repository.ts";
import { describeHeldRetention } from "../platform/jobs/retention-clock.ts";
import { createValidityClockRow } from "../platform/jobs/validity-clock.system-repository.ts";
import { confirmed, type StoredRetention } from "../platform/jobs/retention-pace.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { type OpenIdentity, openIdentity } from "./open-identity.ts";
import { recordForAll } from "./record-for-all.ts";

export function addRetentionCommands(program: Command, shell: CommandShell): void {
  const retention = program.command("retention").description("deletion of old data by its age");

  async function withDatabase<Result>(work: (opened: OpenIdentity) => Promise<Result>): Promise<Result> {
    const configuration = loadConfiguration(shell.deps.environment);
    const opened = await openIdentity(configuration, { mayInitialize: false, err: shell.deps.err });
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }

  shell
    .add(retention, "status", "show up to which time data may be deleted by age, and what holds it")
    .action((options: JsonOption) =>
      shell.print(options, () =>
        withDatabase(async ({ store }) => {
          const stored = await createRetentionClockRow(store).read();
          return { data: toData(stored), text: describe(stored) };
        }),
      ),
    );

  shell
    .add(retention, "confirm", "confirm that this computer's clock is right: deletion by age goes on from it")
    .action((options: JsonOption) =>
      shell.print(options, () =>
        withDatabase(async ({ store, identity }) => {
          const stored = await createRetentionClockRow(store).update((row) =>
            confirmed(row, systemClock.now()),
          );
          await createValidityClockRow(store).update((row) => ({ ...row, floorAt: systemClock.now() }));
          const actor = commandLineActor(shell.deps.account);
          await recordForAll({ store, identity, actor, action: "retention.confirmed" });
          const text = `Deletion by age goes on as of ${isoOf(stored.reachedAt)}, within an hour.`;
          return { data: toData(stored), text };
        }),
      ),
    );
}

function toData({ state, reachedAt, checkedAt }: StoredRetention) {
  return { state, reachedAt: isoOf(reachedAt), checkedAt: isoOf(checkedAt) };
}

function describe(stored: StoredRetention): string {
  if (stored.state !== "ok") return `${describeHeldRetention(stored)}.`;
  if (stored.reachedAt === null) return "Deletion by age has not run yet.";
  return `Deletion by age has reached ${isoOf(stored.reachedAt)}. Nothing holds it.`;
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
