import { useTranslations } from "../frame/use-translations.ts";
import classes from "./error-details.module.css";

type ErrorDetailsProps = { text: string; isOpen?: boolean };

/** The own words of the system or the server, which a user reads on demand. */
export function ErrorDetails({ text, isOpen = false }: ErrorDetailsProps) {
  const { t } = useTranslations();
  return (
    <details className={classes.details} open={isOpen || undefined}>
      <summary>{t("windows.frame.details")}</summary>
      <code dir="auto">{text}</code>
    </details>
  );
}
