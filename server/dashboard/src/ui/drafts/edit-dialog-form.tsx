import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { DialogForm } from "../dialog-form.tsx";
import { ConflictPanel, type ConflictPanelProps } from "./conflict-panel.tsx";
import { DraftLine } from "./draft-line.tsx";
import type { EditConflict } from "./use-edit-form.ts";

type EditDialogFormProps<Values> = {
  edit: {
    draft: { isRestored: boolean; discard: () => void };
    conflict: EditConflict<Values> | null;
    failure: string | null;
    isPending: boolean;
    submit: () => void;
  };
  describe: ConflictPanelProps<Values>["describe"];
  onClose: () => void;
  children: ReactNode;
};

/** The form of a dialog that edits what has a version. Cancelling discards what was entered; closing the dialog keeps it as a draft. */
export function EditDialogForm<Values>({ edit, describe, onClose, children }: EditDialogFormProps<Values>) {
  const { t } = useTranslations();
  return (
    <DialogForm
      failure={edit.failure}
      onSubmit={edit.submit}
      onCancel={() => {
        edit.draft.discard();
        onClose();
      }}
      submit={
        <Button type="submit" disabled={edit.conflict !== null} loading={edit.isPending}>
          {t("shell.action.save")}
        </Button>
      }
    >
      <DraftLine draft={edit.draft} />
      {children}
      <ConflictPanel conflict={edit.conflict} describe={describe} />
    </DialogForm>
  );
}
