import "../../ui/mantine-dialog-styles.ts";
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { AuditEntry } from "@muster/shared/contracts/audit.ts";
import { Download, ScrollText, SearchX } from "lucide-react";
import { useId, useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { usePages } from "../../api/use-pages.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useAddressFilter } from "../../ui/use-address-filter.ts";
import { RoleGate } from "../session/session-context.tsx";
import { AuditDetails, useChangeLine } from "./audit-details.tsx";
import { AUDIT_FILTERS, AuditFilters, toAuditQuery } from "./audit-filters.tsx";
import classes from "./audit-page.module.css";
import rowList from "../../ui/row-list.module.css";
import { AuditSentence } from "./audit-sentence.tsx";
import { useAuditExport } from "./use-audit-export.ts";

export function AuditPage() {
  return (
    <RoleGate minimumRole="admin">
      <Audit />
    </RoleGate>
  );
}

function Audit() {
  const { t } = useTranslations();
  const { values, isNarrowed, change, clear } = useAddressFilter(AUDIT_FILTERS);
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const filter = { ...toAuditQuery(values), search: search || undefined };
  const pages = usePages(["audit", filter], ({ query, signal }) =>
    callApi("auditPage", paths.audit, { query: { ...filter, ...query }, ...(signal && { signal }) }),
  );
  const exportEntries = useAuditExport();
  const { items } = pages;
  const isEmpty = pages.isSuccess && items.length === 0;
  return (
    <SettingsPage
      title={t("settings.audit.title")}
      intro={t("settings.audit.intro")}
      action={
        <Button
          variant="default"
          leftSection={<Download size={16} />}
          disabled={items.length === 0}
          onClick={() => void exportEntries(filter)}
        >
          {t("audit.export")}
        </Button>
      }
    >
      <AuditFilters text={text} onText={setText} values={values} onChange={change} />
      {pages.error && items.length === 0 && (
        <FailureState error={pages.error} retry={() => void pages.refetch()} />
      )}
      {items.length > 0 && (
        <ol className={rowList.list} aria-label={t("settings.audit.title")}>
          {items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {isEmpty && !isNarrowed && search === "" && (
        <MessageState icon={<ScrollText size={26} />} title={t("settings.audit.empty")} />
      )}
      {isEmpty && (isNarrowed || search !== "") && (
        <MessageState
          icon={<SearchX size={26} />}
          title={t("settings.common.noMatch")}
          text={t("settings.common.noMatchHint")}
        >
          <Button
            variant="default"
            onClick={() => {
              setText("");
              clear();
            }}
          >
            {t("shell.filter.clear")}
          </Button>
        </MessageState>
      )}
      <MoreButton pages={pages} />
    </SettingsPage>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslations();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const changes = useChangeLine()(entry);
  return (
    <li className={classes.entry}>
      <span className={classes.when}>
        <RelativeTime at={entry.at} />
      </span>
      <div className={classes.what}>
        <AuditSentence entry={entry} />
        {changes !== "" && !isOpen && (
          <p className={classes.changes}>
            <bdi>{changes}</bdi>
          </p>
        )}
        <div id={id}>{isOpen && <AuditDetails entry={entry} />}</div>
      </div>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {t("settings.audit.details")}
      </Button>
    </li>
  );
}
