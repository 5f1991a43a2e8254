import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "../i18n/translations.tsx";
import classes from "./dialog-form.module.css";
import { FormError } from "./form-error.tsx";

type DialogFormProps = {
  children: ReactNode;
  failure?: string | null;
  submit: ReactNode;
  onSubmit: () => void;
  onCancel: () => void;
};

/** Fields of a dialog with its failure and its two buttons. */
export function DialogForm({ children, failure = null, submit, onSubmit, onCancel }: DialogFormProps) {
  const { t } = useTranslations();
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <FormError text={failure} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={onCancel}>
          {t("shell.action.cancel")}
        </Button>
        {submit}
      </div>
    </form>
  );
}
