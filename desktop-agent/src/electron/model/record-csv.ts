import type { ActivityRecord, RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import { csvText } from "@muster/shared/csv.ts";

type Cell = string | number | boolean | null | undefined;

/** Columns of the export. The names stay English in every language, because scripts read them. */
const EXPORTED: readonly [name: string, value: (action: RecordedAction) => Cell][] = [
  ["id", ({ id }) => id],
  ["type", ({ type }) => type],
  ["asked_by", ({ askedBy }) => askedBy],
  ["why", ({ why }) => why],
  ["asked_at", ({ askedAtMs }) => instant(askedAtMs)],
  ["here_outcome", ({ here }) => here?.outcome],
  ["here_started_at", ({ here }) => instant(here?.startedAtMs)],
  ["here_ended_at", ({ here }) => instant(here?.endedAtMs)],
  ["here_message", ({ here }) => here?.message],
  ["server_outcome", ({ server }) => server?.outcome],
  ["server_started_at", ({ server }) => instant(server?.startedAtMs)],
  ["server_ended_at", ({ server }) => instant(server?.endedAtMs)],
  ["server_message", ({ server }) => server?.message],
  ["differs", ({ differs }) => differs],
];

/** What IT did as a table for spreadsheets; instants as ISO-8601 in UTC. */
export function recordCsv({ actions }: ActivityRecord): string {
  return csvText([
    EXPORTED.map(([name]) => name),
    ...actions.map((action) => EXPORTED.map(([, value]) => value(action))),
  ]);
}

function instant(atMs: number | null | undefined): string | null {
  return atMs === null || atMs === undefined ? null : new Date(atMs).toISOString();
}
