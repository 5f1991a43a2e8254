import type { ApiKey } from "@muster/shared/contracts/identity.ts";
import { useMutation } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useWords } from "../../i18n/words.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";

type RevokeKeyDialogProps = { apiKey: ApiKey; onDone: () => void; onClose: () => void };

export function RevokeKeyDialog({ apiKey, onDone, onClose }: RevokeKeyDialogProps) {
  const { t } = useWords();
  const failureText = useFailureText();
  const revoke = useMutation({
    mutationFn: () => callApi("nothing", paths.key(apiKey.id), { method: "DELETE" }),
    onSuccess: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("settings.keys.revokeTitle", { name: apiKey.name })}
      text={t("settings.keys.revokeText")}
      verb={t("settings.keys.revoke")}
      isPending={revoke.isPending}
      failure={revoke.error && failureText(revoke.error)}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    />
  );
}
