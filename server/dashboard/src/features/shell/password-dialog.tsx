import { Button, PasswordInput } from "@mantine/core";
import type { PasswordChange } from "@muster/shared/contracts/identity.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { showToast } = useToasts();
  const [form, setForm] = useState<PasswordChange>({ current: "", next: "" });
  const change = useMutation({
    mutationFn: (body: PasswordChange) =>
      callApi("nothing", paths.password, { method: "POST", body, isAnonymous: true }),
    onSuccess: () => {
      showToast({ text: t("shell.password.done") });
      onClose();
    },
  });
  const isWrong = change.error instanceof ApiError && change.error.status === 401;
  const failure = isWrong ? t("shell.password.wrong") : change.error && failureText(change.error);
  return (
    <Dialog onClose={onClose} title={t("shell.password.title")}>
      <DialogForm
        failure={failure}
        onSubmit={() => change.mutate(form)}
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
          value={form.current}
          onChange={(event) => setForm({ ...form, current: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("shell.password.next")}
          description={t("shell.password.hint")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          maxLength={200}
          value={form.next}
          onChange={(event) => setForm({ ...form, next: event.currentTarget.value })}
        />
      </DialogForm>
    </Dialog>
  );
}
