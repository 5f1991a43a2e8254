import { foldLines, type JournalEntry } from "../../agent/actions/journal-entry.ts";
import { printable } from "../../agent/log.ts";
import { type CommandResult, done, failed } from "../command-result.ts";
import type { Context } from "../../agent-host/context.ts";

const DEFAULT_COUNT = 20;
const MOST = 10_000;

/** The actions that servers ran on this machine, newest first, by its journal. */
export async function actionsCommand(
  context: Pick<Context, "platform" | "home">,
  options: { last?: string },
): Promise<CommandResult> {
  const count = options.last === undefined ? DEFAULT_COUNT : Number(options.last);
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    return failed("usage", `--last takes a number up to ${MOST}`);
  }
  const { platform, home } = context;
  const entries = [...foldLines((await platform.files.read(home.actions)) ?? "").values()];
  const newest = entries.toReversed().slice(0, count);
  const text =
    newest.length === 0 ? "No action has been run on this machine yet." : newest.map(describe).join("\n");
  return done(text, { actions: newest.map(toData) });
}

function describe({ type, acceptedAtMs, started, ended }: JournalEntry): string {
  const at = new Date((started ?? { atMs: acceptedAtMs }).atMs).toISOString();
  return `${at}  ${printable(type).padEnd(18)} ${describeEnd({ started, ended })}`;
}

function describeEnd({ started, ended }: Pick<JournalEntry, "started" | "ended">): string {
  if (!ended) return started ? "under way" : "waits for the server's permission to start";
  const { end } = ended;
  if (end.outcome === "error")
    return `${started ? "error" : "not started"}: ${end.code}, ${printable(end.message)}`;
  return started || end.outcome === "cancelled" ? end.outcome : `not started: ${end.outcome}`;
}

function toData(entry: JournalEntry): Record<string, unknown> {
  const { id, deviceId, type, payload, started, ended, reported } = entry;
  const instant = (at: { atMs: number } | null) => (at ? new Date(at.atMs).toISOString() : null);
  return {
    id,
    deviceId,
    type,
    payload,
    acceptedAt: new Date(entry.acceptedAtMs).toISOString(),
    startedAt: instant(started),
    endedAt: instant(ended),
    end: ended?.end ?? null,
    serverKnows: reported?.isTaken ?? false,
  };
}
