import "@mantine/core/styles/PasswordInput.css";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { Logo } from "../../ui/logo.tsx";
import { usePageTitle } from "../../ui/use-page-title.ts";
import classes from "./entry-frame.module.css";

/** The frame of the pages before signing in. */
export function EntryFrame({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: string;
  children: ReactNode;
}) {
  const { t } = useTranslations();
  usePageTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Logo size={36} />
          <span>{t("shell.product")}</span>
        </div>
        <h1>{title}</h1>
        {intro && <p className={classes.intro}>{intro}</p>}
        {children}
      </div>
      <p className={classes.tagline}>{t("session.login.fleetTagline")}</p>
    </main>
  );
}
