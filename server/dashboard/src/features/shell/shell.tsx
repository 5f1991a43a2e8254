import { type ReactNode, useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { readStored, writeStored } from "../../ui/browser-storage.ts";
import { InvitationBar } from "./invitation-bar.tsx";
import { Rail } from "./rail.tsx";
import { ScrollerContext } from "./scroller-context.ts";
import classes from "./shell.module.css";
import { TopBar } from "./top-bar.tsx";

const STORAGE_KEY = "muster-rail";

/** The frame of every page for signed-in people: rail, top bar, and one scrolling area. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [isNarrow, setNarrow] = useState(() => readStored(STORAGE_KEY) === "narrow");
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const toggle = () => {
    writeStored(STORAGE_KEY, isNarrow ? "wide" : "narrow");
    setNarrow(!isNarrow);
  };
  return (
    <div className={classes.shell} data-narrow={isNarrow || undefined}>
      <a className={classes.skip} href="#content">
        {t("shell.skipToContent")}
      </a>
      <Rail isNarrow={isNarrow} onToggle={toggle} />
      <TopBar />
      <main id="content" ref={setScroller} className={classes.content} tabIndex={-1}>
        <InvitationBar />
        <ScrollerContext value={scroller}>{children}</ScrollerContext>
      </main>
    </div>
  );
}
