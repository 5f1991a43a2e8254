import { ActionIcon, Button, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { CustomerDetail } from "@muster/shared/contracts/customer.ts";
import { Plus, X } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ConflictPanelProps } from "../../ui/drafts/conflict-panel.tsx";
import { DraftDialogForm } from "../../ui/drafts/draft-dialog-form.tsx";
import { EditDialogForm } from "../../ui/drafts/edit-dialog-form.tsx";
import { useDraftForm } from "../../ui/drafts/use-draft-form.ts";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useSession } from "../session/session-context.tsx";
import { type CustomerForm, formOf, NO_CONTACT, toChange, toNewCustomer } from "./customer-form.ts";
import classes from "./customers.module.css";
import { MAX_CONTACTS } from "@muster/shared/customers.ts";

type CustomerDialogProps = {
  customer: CustomerDetail | null;
  onDone: (customer: CustomerDetail) => void;
  onClose: () => void;
};

/** Creates a customer, or changes one. */
export function CustomerDialog({ customer, ...others }: CustomerDialogProps) {
  return customer === null ? (
    <NewCustomerDialog {...others} />
  ) : (
    <EditCustomerDialog customer={customer} {...others} />
  );
}

function NewCustomerDialog({ onDone, onClose }: Omit<CustomerDialogProps, "customer">) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const create = useDraftForm({
    object: "customer:new",
    initialValues: formOf(null),
    send: (form: CustomerForm) =>
      callApi("customer", paths.customers, { method: "POST", body: toNewCustomer(form) }),
    onDone: (created) => {
      showToast({ text: t("customers.created", { name: created.name }) });
      onClose();
      onDone(created);
    },
  });
  return (
    <Dialog title={t("customers.add")} size="lg" onClose={onClose}>
      <DraftDialogForm request={create} submit={t("customers.add")} onClose={onClose}>
        <CustomerFields form={create.form} />
      </DraftDialogForm>
    </Dialog>
  );
}

function EditCustomerDialog(props: CustomerDialogProps & { customer: CustomerDetail }) {
  const { customer, onDone, onClose } = props;
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const queryClient = useQueryClient();
  const describe = useCustomerTexts();
  const edit = useEditForm<CustomerForm, CustomerDetail>({
    object: `customer:${customer.id}`,
    resource: customer,
    valuesOf: formOf,
    reload: () => queryClient.fetchQuery({ ...queries.customer(customer.id), staleTime: 0 }),
    send: (form, stored) =>
      callApi("customer", paths.customer(stored.id), {
        method: "PATCH",
        body: toChange(form, stored),
        ifMatch: stored.version,
      }),
    onDone: (saved) => {
      showToast({ text: t("device.saved") });
      onClose();
      onDone(saved);
    },
  });
  return (
    <Dialog title={t("customers.editTitle", { name: customer.name })} size="lg" onClose={onClose}>
      <EditDialogForm edit={edit} describe={describe} onClose={onClose}>
        <CustomerFields form={edit.form} />
      </EditDialogForm>
    </Dialog>
  );
}

function useCustomerTexts(): ConflictPanelProps<CustomerForm>["describe"] {
  const { t } = useTranslations();
  const textOf = (text: string) => text;
  return {
    name: { label: t("settings.common.name"), textOf },
    company: { label: t("customers.company"), textOf },
    email: { label: t("customers.email"), textOf },
    notes: { label: t("customers.notes"), textOf },
    contacts: {
      label: t("customers.contacts"),
      textOf: (contacts) =>
        contacts
          .map(({ name, role, email, phone }) => [name, role, email, phone].filter(Boolean).join(", "))
          .join("\n"),
    },
  };
}

function CustomerFields({ form }: { form: UseFormReturnType<CustomerForm> }) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  // Whether a name or an address is taken would tell of other customers.
  const isLimited = limit !== null;
  return (
    <>
      <TextInput
        data-autofocus
        required
        withAsterisk={false}
        disabled={isLimited}
        label={t("settings.common.name")}
        maxLength={120}
        {...form.getInputProps("name")}
      />
      <TextInput label={t("customers.company")} maxLength={200} {...form.getInputProps("company")} />
      <TextInput
        type="email"
        autoComplete="off"
        disabled={isLimited}
        label={t("customers.email")}
        maxLength={254}
        {...form.getInputProps("email")}
      />
      <ContactFields form={form} />
      <Textarea
        autosize
        minRows={3}
        maxRows={12}
        label={t("customers.notes")}
        maxLength={10_000}
        {...form.getInputProps("notes")}
      />
    </>
  );
}

function ContactFields({ form }: { form: UseFormReturnType<CustomerForm> }) {
  const { t } = useTranslations();
  const { contacts } = form.getValues();
  return (
    <fieldset className={classes.contacts}>
      <legend>{t("customers.contacts")}</legend>
      {contacts.map(({ key, name }, index) => (
        <div key={key} className={classes.contact}>
          <TextInput
            required
            withAsterisk={false}
            label={t("customers.contact")}
            maxLength={100}
            {...form.getInputProps(`contacts.${index}.name`)}
          />
          <TextInput
            label={t("customers.role")}
            maxLength={100}
            {...form.getInputProps(`contacts.${index}.role`)}
          />
          <ActionIcon
            size={34}
            variant="default"
            aria-label={t("customers.removeContact", { name })}
            onClick={() => form.removeListItem("contacts", index)}
          >
            <X size={16} />
          </ActionIcon>
          <TextInput
            type="email"
            autoComplete="off"
            label={t("customers.email")}
            maxLength={254}
            {...form.getInputProps(`contacts.${index}.email`)}
          />
          <TextInput
            type="tel"
            autoComplete="off"
            label={t("customers.phone")}
            maxLength={50}
            {...form.getInputProps(`contacts.${index}.phone`)}
          />
        </div>
      ))}
      {form.errors["contacts"]}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} />}
          disabled={contacts.length >= MAX_CONTACTS}
          onClick={() => form.insertListItem("contacts", { ...NO_CONTACT, key: `new ${performance.now()}` })}
        >
          {t("customers.addContact")}
        </Button>
      </div>
    </fieldset>
  );
}
