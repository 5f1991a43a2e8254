import { type ReactNode, useId } from "react";
import classes from "./tab-bar.module.css";

type TabBarProps = {
  label: string;
  tabs: readonly { name: string; label: string }[];
  open: string;
  onOpen: (name: string) => void;
  /** The open tab's content. */
  children: ReactNode;
};

/** Tabs by the ARIA pattern: the arrows move between them, the open one is in the tab order. */
export function TabBar({ label, tabs, open, onOpen, children }: TabBarProps) {
  const id = useId();
  function onKeyDown(event: React.KeyboardEvent<HTMLDivElement>) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const place = tabs.findIndex(({ name }) => name === open);
    const next = tabs[(place + step + tabs.length) % tabs.length];
    if (!next) return;
    onOpen(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  }
  return (
    <>
      <div role="tablist" tabIndex={-1} aria-label={label} className={classes.bar} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.name}
            id={`${id}-${tab.name}`}
            type="button"
            role="tab"
            aria-selected={tab.name === open}
            aria-controls={`${id}-panel`}
            tabIndex={tab.name === open ? 0 : -1}
            className={classes.tab}
            onClick={() => onOpen(tab.name)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${open}`}>
        {children}
      </div>
    </>
  );
}
