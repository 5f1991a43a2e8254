import type { ActivityRecord, RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import { useCallback, useId } from "react";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import { ReadingBody } from "../frame/reading-body.tsx";
import { useReading } from "../frame/use-reading.ts";
import { useWords } from "../frame/words.ts";
import { MessageState } from "../ui/message-state.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import { actionName, compareRecords } from "./recorded-action.ts";
import classes from "./done-section.module.css";

/** What IT did here or asked for, newest first, beside the server's record of it. */
export function DoneSection() {
  const { t } = useWords();
  const fetchRecord = useCallback(() => ask("read-record"), []);
  const reading = useReading(fetchRecord, null);
  return (
    <>
      <p className={classes.hint}>{t("windows.record.done.hint")}</p>
      <ReadingBody reading={reading}>
        {(record) => (
          <>
            <ComparedLine record={record} />
            {record.actions.length === 0 ? (
              <MessageState title={t("windows.record.done.empty")} />
            ) : (
              <ul className={classes.list}>
                {record.actions.map((action) => (
                  <li key={action.id}>
                    <DoneEntry action={action} />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </ReadingBody>
    </>
  );
}

function ComparedLine({ record: { compared, actions } }: { record: ActivityRecord }) {
  const { t, formats } = useWords();
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

/** One thing that IT did: what, when, who, why, how it ended, and whether the server tells the same. */
function DoneEntry({ action }: { action: RecordedAction }) {
  const { t, formats } = useWords();
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
    { name: "said", text: end?.message ?? null },
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
  const { t } = useWords();
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
        <StateShape state="warn" figure={null} label={t("windows.level.warn")} sizePx={SIGN_PX} />
      )}
      {text}
    </p>
  );
}
