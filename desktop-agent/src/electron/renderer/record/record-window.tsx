import { type KeyboardEvent, useState } from "react";
import { startWindow } from "../frame/start-window.tsx";
import { ask } from "../frame/bridge.ts";
import type { Notice } from "../frame/use-wish.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { DoneSection } from "./done-section.tsx";
import { SeenSection } from "./seen-section.tsx";
import classes from "./record-window.module.css";

/** Everything that leaves the machine, and everything that IT did here. */
function RecordWindow() {
  const [tab, setTab] = useState<RecordTab>("seen");
  return (
    <WindowFrame name="record" scrollsItself footer={<ExportBar />}>
      <RecordTabs chosen={tab} choose={setTab} />
      <div
        key={tab}
        id={panelId(tab)}
        role="tabpanel"
        aria-labelledby={tabId(tab)}
        tabIndex={0}
        className={classes.panel}
      >
        {tab === "seen" ? <SeenSection /> : <DoneSection />}
      </div>
    </WindowFrame>
  );
}

const TABS = ["seen", "done"] as const;
type RecordTab = (typeof TABS)[number];

const tabId = (tab: RecordTab): string => `tab-${tab}`;
const panelId = (tab: RecordTab): string => `panel-${tab}`;

/** Chooses between the two records; arrow keys go from one to the other. */
function RecordTabs({ chosen, choose }: { chosen: RecordTab; choose: (tab: RecordTab) => void }) {
  const { t } = useWords();

  function moveByArrow(event: KeyboardEvent): void {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = chosen === "seen" ? "done" : "seen";
    choose(other);
    document.getElementById(tabId(other))?.focus();
  }

  return (
    <div role="tablist" aria-label={t("windows.record.tabs.label")} className={classes.tabs}>
      {TABS.map((tab) => (
        <button
          key={tab}
          id={tabId(tab)}
          type="button"
          role="tab"
          aria-selected={tab === chosen}
          aria-controls={tab === chosen ? panelId(tab) : undefined}
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => choose(tab)}
          onKeyDown={moveByArrow}
        >
          {t(`windows.record.tabs.${tab}`)}
        </button>
      ))}
    </div>
  );
}

/** Saves both records where the person chooses. */
function ExportBar() {
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

startWindow("record", RecordWindow);
