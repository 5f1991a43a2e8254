import { type KeyboardEvent, useState } from "react";
import { startWindow } from "../frame/start-window.tsx";
import { ask } from "../frame/bridge.ts";
import type { Notice } from "../frame/use-request.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { ActivitySection } from "./activity-section.tsx";
import { DisclosedSection } from "./disclosed-section.tsx";
import classes from "./record-window.module.css";

/** Everything that is sent from the machine, and everything that IT did on it. */
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
        {tab === "seen" ? <DisclosedSection /> : <ActivitySection />}
      </div>
    </WindowFrame>
  );
}

const TABS = ["seen", "done"] as const;
type RecordTab = (typeof TABS)[number];

const tabId = (tab: RecordTab): string => `tab-${tab}`;
const panelId = (tab: RecordTab): string => `panel-${tab}`;

/** Switches between the two tabs; arrow keys work as well. */
function RecordTabs({ chosen, choose }: { chosen: RecordTab; choose: (tab: RecordTab) => void }) {
  const { t } = useTranslations();

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

/** Saves the record to a file that the user chooses. */
function ExportBar() {
  const { t } = useTranslations();
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
