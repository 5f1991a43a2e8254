import type { ReactNode } from "react";
import classes from "./settings-page.module.css";
import { usePageTitle } from "./use-page-title.ts";

type SettingsPageProps = { title: string; intro: ReactNode; action?: ReactNode; children: ReactNode };

/** The frame of a settings page: title, introduction and main button. */
export function SettingsPage({ title, intro, action, children }: SettingsPageProps) {
  usePageTitle(title);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h1>{title}</h1>
          <p>{intro}</p>
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}
