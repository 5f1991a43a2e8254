import type { KeyboardEvent } from "react";
import { useWords } from "../frame/words.ts";
import classes from "./record-tabs.module.css";

const TABS = ["seen", "done"] as const;
export type RecordTab = (typeof TABS)[number];

export const tabId = (tab: RecordTab): string => `tab-${tab}`;
export const panelId = (tab: RecordTab): string => `panel-${tab}`;

/** Chooses between the two records; arrow keys go from one to the other. */
export function RecordTabs({ chosen, choose }: { chosen: RecordTab; choose: (tab: RecordTab) => void }) {
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
