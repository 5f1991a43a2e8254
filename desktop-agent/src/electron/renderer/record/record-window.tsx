import { useState } from "react";
import { WindowFrame } from "../frame/window-frame.tsx";
import { DoneSection } from "./done-section.tsx";
import { ExportBar } from "./export-bar.tsx";
import { panelId, type RecordTab, RecordTabs, tabId } from "./record-tabs.tsx";
import classes from "./record-window.module.css";
import { SeenSection } from "./seen-section.tsx";

/** Everything that leaves the machine, and everything that IT did here. */
export function RecordWindow() {
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
