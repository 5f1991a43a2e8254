import { PasswordInput, Radio, type RadioGroupProps, TextInput, type TextInputProps } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { NewUser, Role, User } from "@muster/shared/contracts/identity.ts";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@muster/shared/password/password-rules.ts";
import { ApiError } from "../../api/api-error.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ConflictPanelProps } from "../../ui/drafts/conflict-panel.tsx";
import { DraftDialogForm } from "../../ui/drafts/draft-dialog-form.tsx";
import { EditDialogForm } from "../../ui/drafts/edit-dialog-form.tsx";
import { useDraftForm } from "../../ui/drafts/use-draft-form.ts";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { PasswordStrength } from "../session/password-strength.tsx";
import { useSession } from "../session/session-context.tsx";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { CustomerLimitSelect } from "../customers/customer-select.tsx";

const ROLES = ["viewer", "operator", "admin", "owner"] as const satisfies readonly Role[];

type UserForm = Omit<NewUser, "customerIds"> & { customers: CustomerRef[] };
type ChangeForm = Pick<UserForm, "name" | "role" | "customers">;
type UserDialogProps = { user: User | null; onDone: () => void; onClose: () => void };

/** Adds a person to the organization, or changes one. Only owners make owners. */
export function UserDialog({ user, ...others }: UserDialogProps) {
  return user === null ? <NewUserDialog {...others} /> : <ChangeUserDialog user={user} {...others} />;
}

const NOBODY: UserForm = { name: "", email: "", role: "operator", password: "", customers: [] };

function NewUserDialog({ onDone, onClose }: Omit<UserDialogProps, "user">) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const create = useDraftForm({
    object: "user:new",
    initialValues: NOBODY,
    secrets: ["password"],
    send: ({ customers, ...body }: UserForm) =>
      callApi("user", paths.users, {
        method: "POST",
        body: { ...body, customerIds: limitOf(body.role, customers) },
      }),
    onDone: ({ name }) => {
      showToast({ text: t("settings.users.created", { name }) });
      onDone();
      onClose();
    },
  });
  const { form } = create;
  const failure = isRefused(create.error) ? t("settings.users.taken") : create.failure;
  return (
    <Dialog title={t("settings.users.add")} onClose={onClose}>
      <DraftDialogForm request={{ ...create, failure }} submit={t("settings.users.add")} onClose={onClose}>
        <NameField {...form.getInputProps("name")} />
        <CredentialFields form={form} />
        <RightsFields
          values={form.values}
          roleProps={form.getInputProps("role")}
          onLimit={(customers) => form.setFieldValue("customers", customers)}
        />
      </DraftDialogForm>
    </Dialog>
  );
}

function ChangeUserDialog({ user, onDone, onClose }: UserDialogProps & { user: User }) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const edit = useEditForm<ChangeForm, User>({
    object: `user:${user.id}`,
    resource: user,
    valuesOf: ({ name, role, customers }) => ({ name, role, customers: customers ?? [] }),
    reload: () => callApi("user", paths.user(user.id)),
    send: ({ name, role, customers }, stored) => {
      const customerIds = limitOf(role, customers);
      const isChanged = !isSameLimit(customerIds, stored.customers?.map(({ id }) => id) ?? null);
      return callApi("user", paths.user(stored.id), {
        method: "PATCH",
        ifMatch: stored.version,
        body: { name, role, ...(isChanged && { customerIds }) },
      });
    },
    onDone: () => {
      showToast({ text: t("device.saved") });
      onDone();
      onClose();
    },
  });
  const { form } = edit;
  const describe = useUserTexts();
  const reason = user.role === form.values.role ? "nameShared" : "lastOwner";
  const failure = isRefused(edit.error) ? t(`settings.users.${reason}`) : edit.failure;
  return (
    <Dialog title={t("settings.users.changeTitle", { name: user.name })} onClose={onClose}>
      <EditDialogForm edit={{ ...edit, failure }} describe={describe} onClose={onClose}>
        <NameField {...form.getInputProps("name")} />
        <RightsFields
          values={form.values}
          roleProps={form.getInputProps("role")}
          onLimit={(customers) => form.setFieldValue("customers", customers)}
        />
      </EditDialogForm>
    </Dialog>
  );
}

function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.code === "conflict";
}

function useUserTexts(): ConflictPanelProps<ChangeForm>["describe"] {
  const { t } = useTranslations();
  return {
    name: { label: t("settings.common.name"), textOf: (name) => name },
    role: { label: t("settings.users.role"), textOf: (role) => t(`states.role.${role}`) },
    customers: {
      label: t("customers.limit"),
      textOf: (customers) =>
        customers.length === 0 ? t("customers.all") : customers.map(({ name }) => name).join(", "),
    },
  };
}

function NameField(props: TextInputProps) {
  const { t } = useTranslations();
  return (
    <TextInput
      data-autofocus
      required
      withAsterisk={false}
      label={t("settings.common.name")}
      maxLength={100}
      {...props}
    />
  );
}

type RightsFieldsProps = {
  values: Pick<UserForm, "role" | "customers">;
  roleProps: Omit<RadioGroupProps, "children">;
  onLimit: (customers: CustomerRef[]) => void;
};

function RightsFields({ values: { role: chosen, customers }, roleProps, onLimit }: RightsFieldsProps) {
  const { t } = useTranslations();
  const { may } = useSession();
  return (
    <>
      <Radio.Group label={t("settings.users.role")} {...roleProps}>
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
      {chosen !== "owner" && (
        <CustomerLimitSelect
          label={t("customers.limit")}
          description={t("customers.limitHint")}
          value={customers}
          onChange={onLimit}
        />
      )}
    </>
  );
}

/** No customer chosen stands for no limit, which owners never have. */
function limitOf(role: Role, customers: readonly CustomerRef[]): string[] | null {
  return role === "owner" || customers.length === 0 ? null : customers.map(({ id }) => id);
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
