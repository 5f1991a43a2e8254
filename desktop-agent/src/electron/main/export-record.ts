import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ActivityRecord, RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import { csvText } from "@muster/shared/csv.ts";
import type { Dialog } from "electron";
import type { TrayTranslations } from "../model/translations.ts";

type Deps = { dialog: Pick<Dialog, "showSaveDialog">; documents: string; translations: TrayTranslations };

/** Saves the record to a file that the user chooses and that only their account can read. */
export async function exportRecord(
  record: ActivityRecord,
  format: "json" | "csv",
  { dialog, documents, translations }: Deps,
): Promise<{ kind: "saved" | "cancelled" | "failed" }> {
  const name = translations.t(format === "json" ? "tray.dialog.exportJson" : "tray.dialog.exportCsv");
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: translations.t("tray.dialog.exportTitle"),
    defaultPath: join(documents, `muster-record.${format}`),
    filters: [{ name, extensions: [format] }],
    properties: ["createDirectory", "showOverwriteConfirmation"],
  });
  if (canceled || filePath === "") return { kind: "cancelled" };
  const text = format === "json" ? `${JSON.stringify(record, null, 2)}\n` : recordCsv(record);
  try {
    await writeFile(filePath, text, { mode: 0o600 });
    return { kind: "saved" };
  } catch {
    return { kind: "failed" }; // The window shows it. The path is private and is not logged.
  }
}

type Cell = string | number | boolean | null | undefined;

/** Columns of the export. The names are always English, because scripts read them. */
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

/** What IT did as CSV, with times as ISO 8601 in UTC. */
export function recordCsv({ actions }: ActivityRecord): string {
  return csvText([
    EXPORTED.map(([name]) => name),
    ...actions.map((action) => EXPORTED.map(([, value]) => value(action))),
  ]);
}

function instant(atMs: number | null | undefined): string | null {
  return atMs === null || atMs === undefined ? null : new Date(atMs).toISOString();
}
