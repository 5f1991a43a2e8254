import type { ActivityRecord, RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import { useCallback, useId } from "react";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import { ResourceBody } from "../frame/resource-body.tsx";
import { useResource } from "../frame/use-resource.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { MessageState } from "../ui/message-state.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import { actionName, compareRecords } from "./recorded-action.ts";
import classes from "./activity-section.module.css";

/** What IT did or requested on this computer, newest first, compared with the server's record. */
export function ActivitySection() {
  const { t } = useTranslations();
  const fetchRecord = useCallback(() => ask("read-record"), []);
  const reading = useResource(fetchRecord, null);
  return (
    <>
      <p className={classes.hint}>{t("windows.record.done.hint")}</p>
      <ResourceBody reading={reading}>
        {(record) => (
          <>
            <ComparedLine record={record} />
            {record.actions.length === 0 ? (
              <MessageState title={t("windows.record.done.empty")} />
            ) : (
              <ul className={classes.list}>
                {record.actions.map((action) => (
                  <li key={action.id}>
                    <ActivityEntry action={action} />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </ResourceBody>
    </>
  );
}

function ComparedLine({ record: { compared, actions } }: { record: ActivityRecord }) {
  const { t, formats } = useTranslations();
  const time = useClock((nowMs) => (compared.kind === "yes" ? formats.relative(compared.atMs, nowMs) : ""));
  const count = actions.filter(({ differs }) => differs).length;
  if (compared.kind === "no") {
    return (
      <div className={classes.compared} data-agrees={false}>
        <p>{t("windows.record.done.notCompared")}</p>
        {compared.reason !== "" && <code>{compared.reason}</code>}
      </div>
    );
  }
  return (
    <p className={classes.compared} data-agrees={count === 0}>
      {count === 0
        ? t("windows.record.done.comparedAll", { time })
        : t("windows.record.done.comparedDiffers", { count, time })}
    </p>
  );
}

const SIGN_PX = 16;

/** One action of IT: what, when, who, why, the result, and whether the server's record agrees. */
function ActivityEntry({ action }: { action: RecordedAction }) {
  const { t, formats } = useTranslations();
  const titleId = useId();
  const end = action.here ?? action.server ?? null;
  const atMs = action.askedAtMs ?? end?.startedAtMs ?? null;
  const exact = (instantMs: number | null | undefined) =>
    typeof instantMs === "number" ? formats.exact(instantMs) : null;
  const facts = [
    { name: "askedBy", text: action.askedBy ?? t("windows.record.done.unknownPerson") },
    { name: "why", text: action.why },
    { name: "began", text: exact(end?.startedAtMs) },
    { name: "ended", text: exact(end?.endedAtMs) },
    { name: "result", text: end?.message ?? null },
  ] as const;
  return (
    <article className={classes.entry} aria-labelledby={titleId} data-differs={action.differs}>
      <div className={classes.head}>
        <h2 id={titleId}>{actionName(action.type, t)}</h2>
        {end && (
          <span className={classes.outcome} data-outcome={end.outcome}>
            {t(`windows.record.done.outcome.${end.outcome}`)}
          </span>
        )}
        {atMs !== null && (
          <span className={classes.time}>
            <RelativeTime atMs={atMs} />
          </span>
        )}
      </div>
      <dl className={classes.facts}>
        {facts.map(
          ({ name, text }) =>
            text !== null &&
            text !== "" && (
              <div key={name}>
                <dt>{t(`windows.record.done.${name}`)}</dt>
                <dd dir="auto">{text}</dd>
              </div>
            ),
        )}
      </dl>
      <ComparisonLine action={action} />
    </article>
  );
}

function ComparisonLine({ action }: { action: RecordedAction }) {
  const { t } = useTranslations();
  const comparison = compareRecords(action);
  const text =
    comparison.kind === "differs"
      ? t("windows.record.done.differs", {
          outcome: t(`windows.record.done.outcome.${comparison.outcome}`),
        })
      : t(`windows.record.done.${comparison.kind}`);
  return (
    <p className={classes.comparison}>
      {action.differs && (
        <StateShape state="warn" value={null} label={t("windows.level.warn")} sizePx={SIGN_PX} />
      )}
      {text}
    </p>
  );
}
