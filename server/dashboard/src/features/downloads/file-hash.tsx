import { useTranslations } from "../../i18n/translations.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import classes from "./downloads-page.module.css";

const SHOWN_DIGITS = 12;

/** The beginning of a file's SHA-256; the whole one on hover, and to be copied. */
export function FileHash({ sha256 }: { sha256: string }) {
  const { t } = useTranslations();
  return (
    <span className={classes.hash}>
      <code dir="ltr" title={sha256}>
        {sha256.slice(0, SHOWN_DIGITS)}…
      </code>
      <CopyButton text={sha256} label={t("downloads.copyHash")} />
    </span>
  );
}
