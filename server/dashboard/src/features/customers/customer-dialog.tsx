import { ActionIcon, Button, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { CustomerDetail } from "@muster/shared/contracts/customer.ts";
import { Plus, X } from "lucide-react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useRequestForm } from "../../ui/use-request-form.ts";
import { useSession } from "../session/session-context.tsx";
import { type CustomerForm, formOf, NO_CONTACT, toChange, toNewCustomer } from "./customer-form.ts";
import classes from "./customers.module.css";
import { MAX_CONTACTS } from "@muster/shared/customers.ts";

type CustomerDialogProps = {
  customer: CustomerDetail | null;
  onDone: (customer: CustomerDetail) => void;
  onClose: () => void;
};

/** Creates a customer, or changes the version that is shown. */
export function CustomerDialog({ customer, onDone, onClose }: CustomerDialogProps) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const save = useRequestForm({
    initialValues: formOf(customer),
    send: (form) =>
      customer === null
        ? callApi("customer", paths.customers, { method: "POST", body: toNewCustomer(form) })
        : callApi("customer", paths.customer(customer.id), {
            method: "PATCH",
            body: toChange(form, customer),
            ifMatch: customer.version,
          }),
    onDone: (saved) => {
      showToast({ text: customer ? t("device.saved") : t("customers.created", { name: saved.name }) });
      onClose();
      onDone(saved);
    },
  });
  return (
    <Dialog
      title={customer === null ? t("customers.add") : t("customers.editTitle", { name: customer.name })}
      size="lg"
      onClose={onClose}
    >
      <DialogForm
        failure={save.failure}
        onSubmit={save.submit}
        onCancel={onClose}
        submit={
          <Button type="submit" loading={save.isPending}>
            {t(customer === null ? "customers.add" : "shell.action.save")}
          </Button>
        }
      >
        <CustomerFields form={save.form} />
      </DialogForm>
    </Dialog>
  );
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
