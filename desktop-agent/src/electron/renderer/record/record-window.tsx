import { useRef } from "react";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { DoneSection } from "./done-section.tsx";
import { ExportBar } from "./export-bar.tsx";
import classes from "./record-window.module.css";
import { SeenSection } from "./seen-section.tsx";

/** Everything that leaves the machine, and below it everything that IT did here. */
export function RecordWindow() {
  const { t } = useWords();
  const seen = useRef<HTMLElement>(null);
  const done = useRef<HTMLElement>(null);
  const parts = [
    { name: "seen", element: seen },
    { name: "done", element: done },
  ] as const;
  return (
    <WindowFrame name="record" scrollsItself footer={<ExportBar />}>
      <nav className={classes.jumps} aria-label={t("windows.record.tabs.label")}>
        {parts.map(({ name, element }) => (
          <Button
            key={name}
            look="quiet"
            onClick={() => {
              element.current?.scrollIntoView({ block: "start" });
              element.current?.focus({ preventScroll: true });
            }}
          >
            {t(`windows.record.tabs.${name}`)}
          </Button>
        ))}
      </nav>
      <div className={classes.scroller}>
        <section ref={seen} tabIndex={-1} className={classes.part} aria-label={t("windows.record.tabs.seen")}>
          <SeenSection />
        </section>
        <section ref={done} tabIndex={-1} className={classes.part} aria-label={t("windows.record.tabs.done")}>
          <DoneSection />
        </section>
      </div>
    </WindowFrame>
  );
}
