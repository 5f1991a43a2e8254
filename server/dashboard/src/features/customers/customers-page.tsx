import "../../ui/mantine-dialog-styles.ts";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Customer } from "@muster/shared/contracts/customer.ts";
import { useQueryClient } from "@tanstack/react-query";
import { BriefcaseBusiness, Plus, Search, SearchX } from "lucide-react";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import type { DataColumn } from "../../ui/data-table.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useSession } from "../session/session-context.tsx";
import { CustomerDialog } from "./customer-dialog.tsx";
import classes from "./customers.module.css";

/** All customers in the order of their names. */
export function CustomersPage() {
  const { t } = useTranslations();
  const { may, customers: limit } = useSession();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const [isArchived, setArchived] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const pages = usePages(["customers", search, isArchived], ({ query, signal }) =>
    callApi("customerPage", paths.customers, {
      query: { ...query, search: search || undefined, archived: isArchived || undefined },
      signal,
    }),
  );
  const columns = useCustomerColumns();
  const mayAdd = may("operator") && limit === null;
  return (
    <SettingsPage
      title={t("customers.title")}
      intro={t("customers.intro")}
      action={
        mayAdd && (
          <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
            {t("customers.add")}
          </Button>
        )
      }
    >
      <div className={classes.tools}>
        <TextInput
          type="search"
          className={classes.search}
          leftSection={<Search size={16} />}
          aria-label={t("settings.common.search")}
          placeholder={t("customers.placeholder")}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox
          label={t("customers.archived")}
          checked={isArchived}
          onChange={(event) => setArchived(event.currentTarget.checked)}
        />
      </div>
      <ListBody
        label={t("customers.title")}
        rows={pages.items}
        rowKey={({ id }) => id}
        columns={columns}
        pages={pages}
        empty={<NoCustomers isSearched={search !== "" || isArchived} />}
      />
      {isAdding && (
        <CustomerDialog
          customer={null}
          onDone={({ id }) => {
            void queryClient.invalidateQueries({ queryKey: ["customers"] });
            navigate(`/customers/${id}`);
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </SettingsPage>
  );
}

function NoCustomers({ isSearched }: { isSearched: boolean }) {
  const { t } = useTranslations();
  if (isSearched) return <MessageState icon={<SearchX size={26} />} title={t("settings.common.noMatch")} />;
  return (
    <MessageState
      icon={<BriefcaseBusiness size={26} />}
      title={t("customers.empty")}
      text={t("customers.emptyHint")}
    />
  );
}

function useCustomerColumns(): DataColumn<Customer>[] {
  const { t } = useTranslations();
  const formats = useFormats();
  return [
    {
      name: "name",
      label: t("settings.common.name"),
      cell: ({ id, name }) => (
        <Link href={`/customers/${id}`} className={classes.link}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { name: "company", label: t("customers.company"), cell: ({ company }) => company },
    { name: "email", label: t("customers.email"), cell: ({ email }) => email },
    {
      name: "devices",
      label: t("customers.devices"),
      isNumber: true,
      cell: ({ id, devices }) => (
        <Link href={`/?customerId=${id}`} className={classes.link} title={t("customers.showDevices")}>
          {formats.whole(devices)}
        </Link>
      ),
    },
  ];
}
