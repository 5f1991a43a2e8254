import { MARK } from "@muster/shared/design/mark.ts";
import { type ReactNode, useEffect } from "react";
import type { WindowName } from "../../ipc-contract.ts";
import { ask } from "./bridge.ts";
import { useWords } from "./words.ts";
import classes from "./frame.module.css";

type WindowFrameProps = {
  name: WindowName;
  /** Beside the title. */
  tools?: ReactNode;
  /** Stays at the bottom. */
  footer?: ReactNode;
  /** Whether the content brings its own scrolling part. */
  scrollsItself?: boolean;
  children: ReactNode;
};

/** What all windows share: the title, the part that scrolls, and Esc, which closes the window. */
export function WindowFrame({ name, tools, footer, scrollsItself = false, children }: WindowFrameProps) {
  const { t } = useWords();
  useEffect(() => {
    function closeOnEscape(event: KeyboardEvent): void {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      void ask("close-window");
    }
    document.addEventListener("keydown", closeOnEscape);
    return () => document.removeEventListener("keydown", closeOnEscape);
  }, []);

  return (
    <div className={classes.window}>
      <header className={classes.header}>
        <Mark />
        <h1>{t(`windows.title.${name}`)}</h1>
        {tools}
      </header>
      <main className={scrollsItself ? classes.filled : classes.scrolled}>{children}</main>
      {footer && <footer className={classes.footer}>{footer}</footer>}
    </div>
  );
}

/** The mark, in the colours of its surroundings. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox={`0 0 ${MARK.size} ${MARK.size}`} aria-hidden="true">
      {MARK.dots.map((dot) => (
        <circle
          key={dot.x}
          cx={dot.x}
          cy={dot.y}
          r={dot.radius}
          fill={dot.isLit ? "var(--accent)" : "var(--text-dim)"}
        />
      ))}
    </svg>
  );
}
