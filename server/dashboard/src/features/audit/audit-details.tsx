import { useWords } from "../../i18n/words.tsx";
import classes from "./audit-page.module.css";

/** The facts of a change, folded until asked for. */
export function AuditDetails({ details }: { details: Record<string, unknown> }) {
  const { t } = useWords();
  if (Object.keys(details).length === 0) return null;
  return (
    <details className={classes.details}>
      <summary>{t("settings.audit.details")}</summary>
      <pre dir="ltr">{JSON.stringify(details, null, 2)}</pre>
    </details>
  );
}
