import { useWords } from "../../i18n/words.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import classes from "./action-list.module.css";

/** Lines that a device sent, as text and nothing else, folded until asked for. */
export function LineViewer({ label, lines }: { label: string; lines: readonly string[] }) {
  const { t } = useWords();
  const text = lines.join("\n");
  return (
    <details className={classes.viewer}>
      <summary>
        {label}: {t("actions.details.lines", { count: lines.length })}
      </summary>
      <div className={classes.lines}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls is reached by the keyboard */}
        <pre dir="ltr" tabIndex={0} aria-label={label}>
          {text}
        </pre>
        <CopyButton text={text} label={t("actions.details.copyLog")} />
      </div>
    </details>
  );
}
