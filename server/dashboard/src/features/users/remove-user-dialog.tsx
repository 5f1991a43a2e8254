import type { User } from "@muster/shared/contracts/identity.ts";
import { useMutation } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useWords } from "../../i18n/words.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";

type RemoveUserDialogProps = { user: User; onDone: () => void; onClose: () => void };

export function RemoveUserDialog({ user, onDone, onClose }: RemoveUserDialogProps) {
  const { t } = useWords();
  const failureText = useFailureText();
  const { say } = useToasts();
  const remove = useMutation({
    mutationFn: () => callApi("nothing", paths.user(user.id), { method: "DELETE" }),
    onSuccess: () => {
      say({ text: t("settings.users.removed", { name: user.name }) });
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("settings.users.removeTitle", { name: user.name })}
      text={t("settings.users.removeText")}
      verb={t("settings.users.remove")}
      isPending={remove.isPending}
      failure={remove.error && failureText(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
