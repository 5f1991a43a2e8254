import type { AuditEntry } from "@muster/shared/contracts/audit.ts";
import { csvText } from "@muster/shared/csv.ts";
import { callApi, type QueryValue } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { downloadCsv } from "../../ui/download.ts";
import { plainName } from "../../ui/plain-name.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSentence, useSubjectName } from "./audit-sentence.tsx";

const PAGE = 200;
const MAX_ENTRIES = 20_000;
const FIELDS = [
  "time",
  "actor_type",
  "actor",
  "event",
  "subject_type",
  "subject",
  "sentence",
  "details",
  "request",
];

/** Saves the entries that fit a filter as CSV, newest first; `details` is JSON. */
export function useAuditExport(): (filter: Readonly<Record<string, QueryValue>>) => Promise<void> {
  const { t, formats } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const sentenceOf = useSentence();
  const subjectOf = useSubjectName();
  const rowOf = (entry: AuditEntry) => {
    const { at, actor, action, subject, details, requestId } = entry;
    const parts = { actor: plainName(actor.name), subject: subjectOf(entry) };
    const sentence = sentenceOf(entry, parts);
    return [
      at,
      actor.type,
      actor.name,
      action,
      subject.type,
      subject.name,
      sentence,
      JSON.stringify(details),
      requestId,
    ];
  };
  return async (filter) => {
    try {
      const { entries, isCut } = await readAll(filter);
      downloadCsv("muster-audit", csvText([FIELDS, ...entries.map(rowOf)]));
      const count = entries.length;
      showToast({
        text: isCut ? t("audit.exportCut", { max: formats.whole(count) }) : t("audit.exported", { count }),
      });
    } catch (error) {
      showToast({ text: failureText(error), tone: "failure" });
    }
  };
}

async function readAll(filter: Readonly<Record<string, QueryValue>>) {
  const entries: AuditEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await callApi("auditPage", paths.audit, { query: { ...filter, limit: PAGE, cursor } });
    entries.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && entries.length < MAX_ENTRIES);
  return { entries, isCut: cursor !== undefined };
}
