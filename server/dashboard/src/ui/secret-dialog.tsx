import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words.tsx";
import { CodeLine } from "./code-line.tsx";
import { Dialog } from "./dialog.tsx";
import classes from "./dialog-form.module.css";

type SecretDialogProps = {
  title: string;
  label: string;
  secret: string;
  onClose: () => void;
  children?: ReactNode;
};

/** Shows a secret this once, ready to copy. */
export function SecretDialog({ title, label, secret, onClose, children }: SecretDialogProps) {
  const { t } = useWords();
  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      <div className={classes.form}>
        <p style={{ margin: 0 }}>{t("settings.common.shownOnce")}</p>
        <div>
          <strong>{label}</strong>
          <CodeLine text={secret} label={t("shell.action.copy")} />
        </div>
        {children}
        <div className={classes.buttons}>
          <Button onClick={onClose}>{t("shell.action.close")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
