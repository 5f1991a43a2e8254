import { Button, PasswordInput, Radio, TextInput } from "@mantine/core";
import type { NewUser, Role, User, UserChange } from "@muster/shared/contracts/identity.ts";
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
import { useSession } from "../session/session-context.tsx";

const ROLES = ["viewer", "operator", "admin", "owner"] as const satisfies readonly Role[];

type UserDialogProps = { user: User | null; onDone: () => void; onClose: () => void };

/** Adds a person to the organization, or changes one. Only owners make owners. */
export function UserDialog({ user, onDone, onClose }: UserDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { may } = useSession();
  const { showToast } = useToasts();
  const [form, setForm] = useState<NewUser>({
    name: user?.name ?? "",
    email: user?.email ?? "",
    role: user?.role ?? "operator",
    password: "",
  });
  const change = (part: Partial<NewUser>) => setForm({ ...form, ...part });
  const save = useMutation({
    mutationFn: () => {
      if (user === null) return callApi("user", paths.users, { method: "POST", body: form });
      const body: UserChange = { name: form.name, role: form.role };
      return callApi("user", paths.user(user.id), { method: "PATCH", body });
    },
    onSuccess: ({ name }) => {
      showToast({ text: user === null ? t("settings.users.created", { name }) : t("device.saved") });
      onDone();
      onClose();
    },
  });
  const isRefused = save.error instanceof ApiError && save.error.code === "conflict";
  const reason = user === null ? "taken" : user.role === form.role ? "nameShared" : "lastOwner";
  return (
    <Dialog
      title={user === null ? t("settings.users.add") : t("settings.users.changeTitle", { name: user.name })}
      onClose={onClose}
    >
      <DialogForm
        failure={isRefused ? t(`settings.users.${reason}`) : save.error && failureText(save.error)}
        onSubmit={() => save.mutate()}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={save.isPending}>
            {t(user === null ? "settings.users.add" : "shell.action.save")}
          </Button>
        }
      >
        <TextInput
          data-autofocus
          required
          withAsterisk={false}
          label={t("settings.common.name")}
          maxLength={100}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        {user === null && <CredentialFields form={form} onChange={change} />}
        <Radio.Group
          label={t("settings.users.role")}
          value={form.role}
          onChange={(value) => change({ role: ROLES.find((role) => role === value) ?? form.role })}
        >
          {ROLES.filter((role) => role !== "owner" || may("owner")).map((role) => (
            <Radio
              key={role}
              mt={8}
              value={role}
              label={t(`states.role.${role}`)}
              description={t(`settings.users.roleHint.${role}`)}
            />
          ))}
        </Radio.Group>
      </DialogForm>
    </Dialog>
  );
}

type CredentialFieldsProps = { form: NewUser; onChange: (part: Partial<NewUser>) => void };

function CredentialFields({ form, onChange }: CredentialFieldsProps) {
  const { t } = useTranslations();
  return (
    <>
      <TextInput
        type="email"
        required
        withAsterisk={false}
        autoComplete="off"
        label={t("settings.users.email")}
        maxLength={254}
        value={form.email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <PasswordInput
        required
        withAsterisk={false}
        autoComplete="new-password"
        label={t("settings.users.password")}
        description={t("settings.users.passwordHint")}
        minLength={10}
        maxLength={200}
        value={form.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </>
  );
}
