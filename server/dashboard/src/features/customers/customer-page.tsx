import { Button } from "@mantine/core";
import type { Contact, CustomerDetail } from "@muster/shared/contracts/customer.ts";
import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Merge, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { type DataColumn, DataTable } from "../../ui/data-table.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { GroupAvailability } from "../availability/group-availability.tsx";
import { useSession } from "../session/session-context.tsx";
import { CustomerDialog } from "./customer-dialog.tsx";
import { ArchiveCustomerDialog, DeleteCustomerDialog } from "./customer-end-dialogs.tsx";
import { CustomerHealth } from "./customer-health.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import classes from "./customers.module.css";
import { useCustomerChange } from "./use-customer-change.ts";

export function CustomerPage({ id }: { id: string }) {
  const customer = useQuery(queries.customer(id));
  if (customer.data) return <CustomerView key={id} customer={customer.data} />;
  if (customer.error) {
    return <FailureState error={customer.error} retry={() => void customer.refetch()} isPage />;
  }
  return null;
}

function CustomerView({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { company, email, devices, notes, contacts } = customer;
  return (
    <SettingsPage
      title={customer.name}
      intro={t(customer.archivedAt === null ? "customers.single" : "customers.singleArchived")}
      action={<CustomerButtons customer={customer} />}
    >
      <FactList
        facts={[
          { name: t("customers.company"), value: company },
          { name: t("customers.email"), value: email && <a href={`mailto:${email}`}>{email}</a> },
          {
            name: t("customers.devices"),
            value: (
              <Link href={`/?customerId=${customer.id}`} className={classes.link}>
                {formats.whole(devices)}
              </Link>
            ),
          },
          { name: t("fleet.filter.status"), value: devices > 0 ? <CustomerHealth id={customer.id} /> : null },
          { name: t("customers.changed"), value: <RelativeTime at={customer.updatedAt} /> },
        ]}
      />
      <GroupAvailability customerId={customer.id} name={customer.name} />
      {contacts.length === 0 ? (
        <section className={classes.panel}>
          <h2>{t("customers.contacts")}</h2>
          <p className={classes.dim}>{t("customers.noContacts")}</p>
        </section>
      ) : (
        <Contacts contacts={contacts} />
      )}
      <section className={classes.panel}>
        <h2>{t("customers.notes")}</h2>
        {notes === "" ? (
          <p className={classes.dim}>{t("customers.noNotes")}</p>
        ) : (
          <p className={classes.notes}>{notes}</p>
        )}
      </section>
    </SettingsPage>
  );
}

type NumberedContact = Contact & { index: number };

function Contacts({ contacts }: { contacts: readonly Contact[] }) {
  const { t } = useTranslations();
  return (
    <DataTable
      label={t("customers.contacts")}
      rows={contacts.map((contact, index) => ({ ...contact, index }))}
      rowKey={({ index }) => String(index)}
      columns={useContactColumns()}
    />
  );
}

function useContactColumns(): DataColumn<NumberedContact>[] {
  const { t } = useTranslations();
  return [
    { name: "name", label: t("customers.contact"), cell: ({ name }) => name },
    { name: "role", label: t("customers.role"), cell: ({ role }) => role },
    {
      name: "email",
      label: t("customers.email"),
      cell: ({ email }) => email && <a href={`mailto:${email}`}>{email}</a>,
    },
    {
      name: "phone",
      label: t("customers.phone"),
      cell: ({ phone }) => phone && <a href={`tel:${phone.replaceAll(/[^\d+]/g, "")}`}>{phone}</a>,
    },
  ];
}

type Open = "edit" | "merge" | "archive" | "delete";

/** What the user may do with the customer: a limited member changes only what concerns nobody else. */
function CustomerButtons({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslations();
  const { may, customers: limit } = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  const { take, restore } = useCustomerChange(customer.id);
  const close = () => setOpen(null);
  const isArchived = customer.archivedAt !== null;
  const mayAdminister = may("admin") && limit === null;
  if (!may("operator")) return null;
  return (
    <div className={classes.buttons}>
      <Button leftSection={<Pencil size={16} />} onClick={() => setOpen("edit")}>
        {t("customers.edit")}
      </Button>
      {mayAdminister && (
        <>
          <Button variant="default" leftSection={<Merge size={16} />} onClick={() => setOpen("merge")}>
            {t("customers.merge")}
          </Button>
          {isArchived ? (
            <Button
              variant="default"
              leftSection={<ArchiveRestore size={16} />}
              loading={restore.isPending}
              onClick={() => restore.mutate()}
            >
              {t("customers.restore")}
            </Button>
          ) : (
            <Button variant="default" leftSection={<Archive size={16} />} onClick={() => setOpen("archive")}>
              {t("customers.archive")}
            </Button>
          )}
          <Button
            variant="default"
            color="critical"
            leftSection={<Trash2 size={16} />}
            onClick={() => setOpen("delete")}
          >
            {t("customers.remove")}
          </Button>
        </>
      )}
      {open === "edit" && <CustomerDialog customer={customer} onDone={take} onClose={close} />}
      {open === "merge" && <MergeDialog customer={customer} onClose={close} />}
      {open === "archive" && <ArchiveCustomerDialog customer={customer} onClose={close} />}
      {open === "delete" && <DeleteCustomerDialog customer={customer} onClose={close} />}
    </div>
  );
}
