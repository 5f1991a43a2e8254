import { Button, PasswordInput, Radio, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { NewUser, Role, User } from "@muster/shared/contracts/identity.ts";
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
import { useSession } from "../session/session-context.tsx";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { CustomerLimitSelect } from "../customers/customer-select.tsx";

const ROLES = ["viewer", "operator", "admin", "owner"] as const satisfies readonly Role[];

type UserForm = Omit<NewUser, "customerIds"> & { customers: CustomerRef[] };
type UserDialogProps = { user: User | null; onDone: () => void; onClose: () => void };

/** Adds a person to the organization, or changes one. Only owners make owners. */
export function UserDialog({ user, onDone, onClose }: UserDialogProps) {
  const { t } = useTranslations();
  const { may } = useSession();
  const { showToast } = useToasts();
  const initialValues: UserForm = {
    name: user?.name ?? "",
    email: user?.email ?? "",
    role: user?.role ?? "operator",
    password: "",
    customers: user?.customers ?? [],
  };
  const save = useRequestForm({
    initialValues,
    send: ({ customers, ...body }) => {
      const customerIds = body.role === "owner" ? null : limitOf(customers);
      if (user === null)
        return callApi("user", paths.users, { method: "POST", body: { ...body, customerIds } });
      const { name, role } = body;
      const isChanged = !isSameLimit(customerIds, user.customers?.map(({ id }) => id) ?? null);
      return callApi("user", paths.user(user.id), {
        method: "PATCH",
        body: { name, role, ...(isChanged && { customerIds }) },
      });
    },
    onDone: ({ name }) => {
      showToast({ text: user === null ? t("settings.users.created", { name }) : t("device.saved") });
      onDone();
      onClose();
    },
  });
  const isRefused = save.error instanceof ApiError && save.error.code === "conflict";
  const reason = user === null ? "taken" : user.role === save.form.values.role ? "nameShared" : "lastOwner";
  return (
    <Dialog
      title={user === null ? t("settings.users.add") : t("settings.users.changeTitle", { name: user.name })}
      onClose={onClose}
    >
      <DialogForm
        failure={isRefused ? t(`settings.users.${reason}`) : save.failure}
        onSubmit={save.submit}
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
          {...save.form.getInputProps("name")}
        />
        {user === null && <CredentialFields form={save.form} />}
        <Radio.Group label={t("settings.users.role")} {...save.form.getInputProps("role")}>
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
        {save.form.values.role !== "owner" && (
          <CustomerLimitSelect
            label={t("customers.limit")}
            description={t("customers.limitHint")}
            value={save.form.values.customers}
            onChange={(customers) => save.form.setFieldValue("customers", customers)}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}

/** No customer chosen stands for no limit. */
function limitOf(customers: readonly CustomerRef[]): string[] | null {
  return customers.length === 0 ? null : customers.map(({ id }) => id);
}

function isSameLimit(one: readonly string[] | null, other: readonly string[] | null): boolean {
  // An empty limit, which only the API makes, looks like none here and stays as it is.
  return (one ?? []).toSorted().join() === (other ?? []).toSorted().join();
}

function CredentialFields({ form }: { form: UseFormReturnType<UserForm> }) {
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
        {...form.getInputProps("email")}
      />
      <div>
        <PasswordInput
          required
          withAsterisk={false}
          autoComplete="new-password"
          label={t("settings.users.password")}
          description={t("settings.users.passwordHint")}
          minLength={MIN_PASSWORD_LENGTH}
          maxLength={MAX_PASSWORD_LENGTH}
          {...form.getInputProps("password")}
        />
        <PasswordStrength
          password={form.values.password}
          personalWords={[form.values.name, form.values.email]}
        />
      </div>
    </>
  );
}
