import { Button, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Dialog } from "./dialog.tsx";
import { DialogForm } from "./dialog-form.tsx";

type ConfirmDialogProps = {
  title: string;
  text: string;
  /** The label of the button that confirms. */
  verb: string;
  /** When set, the user must type this to confirm. */
  nameToType?: { label: string; name: string };
  isDanger?: boolean;
  isPending: boolean;
  failure: string | null;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Asks before a destructive action and names what it affects. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const { nameToType, isDanger = true } = props;
  const isSure = nameToType === undefined || typed.trim() === nameToType.name.trim();
  return (
    <Dialog onClose={props.onClose} title={props.title}>
      <DialogForm
        failure={props.failure}
        onSubmit={() => isSure && props.onConfirm()}
        onCancel={props.onClose}
        submit={
          <Button
            type="submit"
            color={isDanger ? "critical" : "accent"}
            disabled={!isSure}
            loading={props.isPending}
          >
            {props.verb}
          </Button>
        }
      >
        <p style={{ margin: 0 }}>{props.text}</p>
        {props.children}
        {nameToType && (
          <TextInput
            data-autofocus
            label={nameToType.label}
            description={<bdi>{nameToType.name}</bdi>}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}
