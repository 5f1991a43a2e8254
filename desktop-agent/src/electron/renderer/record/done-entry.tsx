import type { RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import { useId } from "react";
import { useWords } from "../frame/words.ts";
import { RelativeTime } from "../ui/relative-time.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import { actionName } from "./action-name.ts";
import { compareRecords } from "./comparison.ts";
import classes from "./done-entry.module.css";

const SIGN_PX = 16;

/** One thing that IT did: what, when, who, why, how it ended, and whether the server tells the same. */
export function DoneEntry({ action }: { action: RecordedAction }) {
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
