import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { AuditEntry } from "@muster/shared/contracts/identity.ts";
import { ScrollText, Search, SearchX } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import type { DataColumn } from "../../ui/data-table.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { RoleGate } from "../session/session-context.tsx";
import classes from "./audit-page.module.css";

export function AuditPage() {
  return (
    <RoleGate minimumRole="admin">
      <Audit />
    </RoleGate>
  );
}

function Audit() {
  const { t } = useTranslations();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const pages = usePages(["audit", search], ({ query, signal }) =>
    callApi("auditPage", paths.audit, { query: { ...query, search: search || undefined }, signal }),
  );
  const columns = useAuditColumns();
  return (
    <SettingsPage title={t("settings.audit.title")} intro={t("settings.audit.intro")}>
      <TextInput
        type="search"
        className={classes.search}
        leftSection={<Search size={16} />}
        aria-label={t("settings.common.search")}
        placeholder={t("settings.audit.placeholder")}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ListBody
        label={t("settings.audit.title")}
        rows={pages.items}
        rowKey={({ id }) => id}
        columns={columns}
        pages={pages}
        empty={
          search === "" ? (
            <MessageState icon={<ScrollText size={26} />} title={t("settings.audit.empty")} />
          ) : (
            <MessageState
              icon={<SearchX size={26} />}
              title={t("settings.common.noMatch")}
              text={t("settings.common.noMatchHint")}
            />
          )
        }
      />
    </SettingsPage>
  );
}

function useAuditColumns(): DataColumn<AuditEntry>[] {
  const { t } = useTranslations();
  return [
    { name: "at", label: t("settings.audit.at"), cell: ({ at }) => <RelativeTime at={at} /> },
    {
      name: "actor",
      label: t("settings.audit.actor"),
      cell: ({ actor }) => (
        <>
          <bdi>{actor.name}</bdi>{" "}
          {actor.type !== "user" && (
            <small className={classes.type}>{t(`settings.audit.actorType.${actor.type}`)}</small>
          )}
        </>
      ),
    },
    { name: "action", label: t("settings.audit.action"), cell: ({ action }) => <code>{action}</code> },
    {
      name: "subject",
      label: t("settings.audit.subject"),
      cell: ({ subject }) => (
        <bdi className={classes.subject} title={subject.name}>
          {subject.name}
        </bdi>
      ),
    },
    {
      name: "details",
      label: t("settings.audit.details"),
      cell: ({ details }) => <AuditDetails details={details} />,
    },
  ];
}

/** The facts of a change, folded until asked for. */
function AuditDetails({ details }: { details: Record<string, unknown> }) {
  const { t } = useTranslations();
  if (Object.keys(details).length === 0) return null;
  return (
    <details className={classes.details}>
      <summary>{t("settings.audit.details")}</summary>
      <pre dir="ltr">{JSON.stringify(details, null, 2)}</pre>
    </details>
  );
}
