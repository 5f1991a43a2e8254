import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { DialogForm } from "../dialog-form.tsx";
import { DraftLine } from "./draft-line.tsx";

type DraftDialogFormProps = {
  request: {
    draft: { isRestored: boolean; discard: () => void };
    isPending: boolean;
    failure: string | null;
    submit: () => void;
  };
  submit: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

/** The form of a dialog that creates something. Cancelling discards what was entered; closing the dialog keeps it as a draft. */
export function DraftDialogForm({ request, submit, onClose, children }: DraftDialogFormProps) {
  return (
    <DialogForm
      failure={request.failure}
      onSubmit={request.submit}
      onCancel={() => {
        request.draft.discard();
        onClose();
      }}
      submit={
        <Button type="submit" loading={request.isPending}>
          {submit}
        </Button>
      }
    >
      <DraftLine draft={request.draft} />
      {children}
    </DialogForm>
  );
}
