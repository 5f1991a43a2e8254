import type { AuditAction, AuditEntry } from "@muster/shared/contracts/audit.ts";
import { AUDIT_ACTIONS } from "@muster/shared/contracts/audit.ts";
import { ActionType } from "@muster/shared/actions/catalog.ts";
import { Fragment, type ReactNode } from "react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useActionTexts } from "../actions/action-catalog.ts";
import classes from "./audit-page.module.css";

/** Stand for the parts of a sentence while it is translated; no text of a device or a user has them. */
const ACTOR = "\u0001";
const SUBJECT = "\u0002";
const NAMES_SHOWN = 3;

/** What happened, as a sentence: "Olive changed web-103". */
export function AuditSentence({ entry }: { entry: AuditEntry }) {
  const text = useSentence()(entry, { actor: ACTOR, subject: SUBJECT });
  const parts = text.split(new RegExp(`(${ACTOR}|${SUBJECT})`, "u"));
  return (
    <span className={classes.sentence}>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {part === ACTOR ? <Actor entry={entry} /> : part === SUBJECT ? <Subject entry={entry} /> : part}
        </Fragment>
      ))}
    </span>
  );
}

/** The same as text, for the export. */
export function useSentence(): (entry: AuditEntry, parts: { actor: string; subject: string }) => string {
  const { t, formats } = useTranslations();
  return (entry, { actor, subject }) => {
    const action = AUDIT_ACTIONS.find((known) => known === entry.action);
    if (!action) return t("audit.unknown", { actor, subject, action: entry.action });
    const names = deviceNames(entry);
    const shown = names.slice(0, NAMES_SHOWN);
    const more = countDevices(entry) - shown.length;
    const devices =
      more > 0 ? t("audit.devices.more", { names: shown.join(", "), count: more }) : formats.list(shown);
    return t(`audit.sentence.${action}` satisfies `audit.sentence.${AuditAction}`, {
      actor,
      subject,
      devices,
    });
  };
}

function Actor({ entry: { actor } }: { entry: AuditEntry }): ReactNode {
  const { t } = useTranslations();
  return (
    <>
      <strong>
        <bdi>{plainName(actor.name)}</bdi>
      </strong>
      {actor.type !== "user" && actor.type !== "system" && (
        <small className={classes.type}> ({t(`settings.audit.actorType.${actor.type}`)})</small>
      )}
    </>
  );
}

/** The name of what was changed, as a link where it has a page. */
function Subject({ entry }: { entry: AuditEntry }): ReactNode {
  const name = useSubjectName()(entry);
  const { type, id } = entry.subject;
  const shown = <bdi>{name}</bdi>;
  if (type === "device" && entry.action !== "device.purged")
    return <Link href={`/devices/${id}`}>{shown}</Link>;
  if (type === "action-batch") return <Link href={`/actions?batch=${id}`}>{shown}</Link>;
  return <strong>{shown}</strong>;
}

export function useSubjectName(): (entry: AuditEntry) => string {
  const textsOf = useActionTexts();
  return ({ subject }) => {
    const type = ActionType.options.find((known) => known === subject.name);
    return type && subject.type.startsWith("action") ? textsOf(type).label : plainName(subject.name);
  };
}

function deviceNames({ details }: AuditEntry): string[] {
  const { deviceNames: names, deviceId } = details;
  if (Array.isArray(names)) return names.map((name) => plainName(String(name)));
  return typeof deviceId === "string" ? [deviceId] : [];
}

function countDevices(entry: AuditEntry): number {
  const { devices } = entry.details;
  return typeof devices === "number" ? devices : deviceNames(entry).length;
}
