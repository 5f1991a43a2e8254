import { useState } from "react";
import { ask } from "../frame/bridge.ts";
import type { Notice } from "../frame/use-wish.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import classes from "./export-bar.module.css";

/** Saves both records where the person chooses. */
export function ExportBar() {
  const { t } = useWords();
  const [notice, setNotice] = useState<Notice | null>(null);

  async function save(format: "json" | "csv"): Promise<void> {
    setNotice(null);
    const { kind } = await ask("export-record", format).catch(() => ({ kind: "failed" as const }));
    if (kind === "saved") setNotice({ kind: "done", text: t("windows.record.export.saved") });
    if (kind === "failed") setNotice({ kind: "refused", text: t("windows.record.export.failed") });
  }

  return (
    <div className={classes.bar} role="group" aria-label={t("windows.record.export.label")}>
      {(["json", "csv"] as const).map((format) => (
        <Button key={format} onClick={() => void save(format)}>
          {t(`windows.record.export.${format}`)}
        </Button>
      ))}
      <NoticeLine notice={notice} />
    </div>
  );
}
