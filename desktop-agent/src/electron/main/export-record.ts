import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dialog } from "electron";
import type { ActivityRecord } from "@muster/shared/contracts/local-agent.ts";
import { recordCsv } from "../model/record-csv.ts";
import type { TrayWords } from "../model/words.ts";

type Deps = { dialog: Pick<Dialog, "showSaveDialog">; documents: string; words: TrayWords };

/** Saves the record where its person chooses. Only the chosen file is written, and only its reader sees it. */
export async function exportRecord(
  record: ActivityRecord,
  format: "json" | "csv",
  { dialog, documents, words }: Deps,
): Promise<{ kind: "saved" | "cancelled" | "failed" }> {
  const name = words.t(format === "json" ? "tray.dialog.exportJson" : "tray.dialog.exportCsv");
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: words.t("tray.dialog.exportTitle"),
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
    return { kind: "failed" }; // The window says so; the path is the person's own business.
  }
}
