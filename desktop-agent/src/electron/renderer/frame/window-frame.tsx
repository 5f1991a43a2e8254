import { MARK } from "@muster/shared/design/mark.ts";
import { type ReactNode, useEffect } from "react";
import type { WindowName } from "../../ipc-contract.ts";
import { ask } from "./bridge.ts";
import { useTranslations } from "./use-translations.ts";
import classes from "./frame.module.css";

type WindowFrameProps = {
  name: WindowName;
  /** Shown next to the title. */
  tools?: ReactNode;
  /** Fixed at the bottom. */
  footer?: ReactNode;
  /** Whether the content scrolls itself. */
  scrollsItself?: boolean;
  children: ReactNode;
};

/** The frame of all windows: title, scrolling content, optional footer. Esc closes the window. */
export function WindowFrame({ name, tools, footer, scrollsItself = false, children }: WindowFrameProps) {
  const { t } = useTranslations();
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
        <Logo />
        <h1>{t(`windows.title.${name}`)}</h1>
        {tools}
      </header>
      <main className={scrollsItself ? classes.filled : classes.scrolled}>{children}</main>
      {footer && <footer className={classes.footer}>{footer}</footer>}
    </div>
  );
}

/** The logo, in the colours of the theme. */
function Logo({ size = 22 }: { size?: number }) {
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
