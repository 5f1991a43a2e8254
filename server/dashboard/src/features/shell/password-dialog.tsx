import { Button, PasswordInput } from "@mantine/core";
import type { PasswordChange } from "@muster/shared/contracts/identity.ts";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@muster/shared/password/password-rules.ts";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useRequestForm } from "../../ui/use-request-form.ts";
import { PasswordStrength } from "../session/password-strength.tsx";
import { renewPush } from "../push/push-switching.ts";
import { useSession } from "../session/session-context.tsx";

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslations();
  const { user, organization } = useSession();
  const { showToast } = useToasts();
  const change = useRequestForm({
    initialValues: { current: "", next: "" },
    send: (body: PasswordChange) =>
      callApi("nothing", paths.password, { method: "POST", body, isAnonymous: true }),
    onDone: () => {
      // Where it fails, the next page says that push notifications are off.
      renewPush({ userId: user.id, orgId: organization.id }).catch(() => undefined);
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
        <div>
          <PasswordInput
            label={t("shell.password.next")}
            description={t("shell.password.hint")}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={MIN_PASSWORD_LENGTH}
            maxLength={MAX_PASSWORD_LENGTH}
            {...change.form.getInputProps("next")}
          />
          <PasswordStrength password={change.form.values.next} personalWords={[user.name, user.email]} />
        </div>
      </DialogForm>
    </Dialog>
  );
}
