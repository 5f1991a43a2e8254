import { Button } from "@mantine/core";
import { History } from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./drafts.module.css";

type DraftLineProps = { draft: { isRestored: boolean; discard: () => void } };

/** Says that the form holds what was not saved earlier, and lets the user discard it. */
export function DraftLine({ draft }: DraftLineProps) {
  const { t } = useTranslations();
  return (
    <div role="status" className={draft.isRestored ? classes.line : classes.none}>
      {draft.isRestored && (
        <>
          <History size={16} aria-hidden="true" />
          <span>{t("shell.draft.restored")}</span>
          <Button size="compact-sm" variant="subtle" onClick={draft.discard}>
            {t("shell.draft.discard")}
          </Button>
        </>
      )}
    </div>
  );
}
