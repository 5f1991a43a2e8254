import type { AuditEntry } from "@muster/shared/contracts/audit.ts";
import { z } from "zod";
import { useTranslations } from "../../i18n/translations.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { plainName } from "../../ui/plain-name.ts";

const Changes = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }));
/** Details that the sentence has, or that only programs need. */
const HIDDEN = new Set(["changes", "deviceIds", "type", "signingKeyId", "tokenId"]);

/** Every fact of a change: fields with their value before and after, and the ids for a support case. */
export function AuditDetails({ entry }: { entry: AuditEntry }) {
  const { t, formats } = useTranslations();
  const fieldOf = useFieldName();
  const valueOf = useValueText();
  const changes = Changes.safeParse(entry.details["changes"]).data ?? {};
  const others = Object.entries(entry.details).filter(([name]) => !HIDDEN.has(name));
  return (
    <FactList
      facts={[
        ...Object.entries(changes).map(([name, { from, to }]) => ({
          name: fieldOf(name),
          value: t("audit.change", { from: valueOf(from), to: valueOf(to) }),
        })),
        ...others.map(([name, value]) => ({ name: fieldOf(name), value: valueOf(value) })),
        { name: t("audit.entry"), value: `${formats.exact(entry.at)} · ${entry.id}` },
        { name: t("audit.request"), value: entry.requestId },
      ]}
    />
  );
}

/** The changed fields in one line, for the row: "Customer: none → Acme". */
export function useChangeLine(): (entry: AuditEntry) => string {
  const { t } = useTranslations();
  const fieldOf = useFieldName();
  const valueOf = useValueText();
  return ({ details }) =>
    Object.entries(Changes.safeParse(details["changes"]).data ?? {})
      .map(
        ([name, { from, to }]) =>
          `${fieldOf(name)}: ${t("audit.change", { from: valueOf(from), to: valueOf(to) })}`,
      )
      .join(" · ");
}

const FIELDS = [
  "label",
  "name",
  "customer",
  "tags",
  "notes",
  "class",
  "maintenanceUntil",
  "dependsOn",
  "role",
  "email",
  "offlineAfterS",
  "reportIntervalS",
  "hasStatusPage",
  "longestPauseS",
  "scopes",
  "validHours",
  "maxUses",
  "needsApproval",
  "mount",
  "decision",
  "reason",
  "address",
  "devices",
  "deviceNames",
  "state",
  "system",
  "tokenName",
] as const;

function useFieldName(): (name: string) => string {
  const { t } = useTranslations();
  return (name) => {
    const field = FIELDS.find((known) => known === name);
    return field ? t(`audit.field.${field}`) : name;
  };
}

function useValueText(): (value: unknown) => string {
  const { t, formats } = useTranslations();
  function valueOf(value: unknown): string {
    if (value === null || value === undefined || value === "") return t("audit.none");
    if (typeof value === "boolean") return t(value ? "audit.yes" : "audit.no");
    if (Array.isArray(value)) return value.length === 0 ? t("audit.none") : formats.list(value.map(valueOf));
    const text = plainName(typeof value === "string" ? value : JSON.stringify(value));
    if (text === "changed") return t("audit.textChanged");
    return z.iso.datetime().safeParse(text).success ? formats.exact(text) : text;
  }
  return valueOf;
}
