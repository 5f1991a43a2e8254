import type { ReactNode } from "react";
import classes from "./settings-page.module.css";
import { usePageTitle } from "./use-page-title.ts";

type SettingsPageProps = {
  title: string;
  intro: ReactNode;
  action?: ReactNode;
  isWide?: boolean;
  children: ReactNode;
};

/** The frame of a settings page: title, introduction and main button. */
export function SettingsPage({ title, intro, action, isWide, children }: SettingsPageProps) {
  usePageTitle(title);
  return (
    <div className={classes.page} data-wide={isWide || undefined}>
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
