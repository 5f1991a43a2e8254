import { useMutation } from "@tanstack/react-query";
import { callApi } from "../api/client.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useFailureText } from "./use-failure-text.ts";

type RevokeDialogProps = {
  /** What is deleted at the server. */
  path: string;
  title: string;
  text: string;
  verb: string;
  onDone: () => void;
  onClose: () => void;
};

/** Asks before something is revoked permanently, and revokes it. */
export function RevokeDialog({ path, onDone, onClose, ...texts }: RevokeDialogProps) {
  const failureText = useFailureText();
  const revoke = useMutation({
    mutationFn: () => callApi("nothing", path, { method: "DELETE" }),
    onSuccess: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      {...texts}
      isPending={revoke.isPending}
      failure={revoke.error && failureText(revoke.error)}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    />
  );
}
