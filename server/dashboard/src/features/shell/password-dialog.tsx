import { Button, PasswordInput } from "@mantine/core";
import type { PasswordChange } from "@muster/shared/contracts/identity.ts";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useRequestForm } from "../../ui/use-request-form.ts";

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const change = useRequestForm({
    initialValues: { current: "", next: "" },
    send: (body: PasswordChange) =>
      callApi("nothing", paths.password, { method: "POST", body, isAnonymous: true }),
    onDone: () => {
      showToast({ text: t("shell.password.done") });
      onClose();
    },
  });
  const isWrong = change.error instanceof ApiError && change.error.status === 401;
  return (
    <Dialog onClose={onClose} title={t("shell.password.title")}>
      <DialogForm
        failure={isWrong ? t("shell.password.wrong") : change.failure}
        onSubmit={change.submit}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={change.isPending}>
            {t("shell.action.save")}
          </Button>
        }
      >
        <PasswordInput
          data-autofocus
          label={t("shell.password.current")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...change.form.getInputProps("current")}
        />
        <PasswordInput
          label={t("shell.password.next")}
          description={t("shell.password.hint")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          maxLength={200}
          {...change.form.getInputProps("next")}
        />
      </DialogForm>
    </Dialog>
  );
}
