import type { Action } from "@muster/shared/contracts/action.ts";
import { useWords } from "../../i18n/words.tsx";
import classes from "./action-list.module.css";
import { isReplaced, type LineStep, type Precision, stateLine } from "./state-line.ts";

/** The way of an action: asked by whom, delivered, shown, done, each with its time. */
export function ActionSteps({ action }: { action: Action }) {
  const { t } = useWords();
  return (
    <ol className={classes.steps} aria-label={t("actions.step.label")}>
      {stateLine(action).map((step, index) => (
        <Step key={index} step={step} action={action} />
      ))}
    </ol>
  );
}

function Step({
  step: { step, state, at, precision, until, note },
  action,
}: {
  step: LineStep;
  action: Action;
}) {
  const { t, formats } = useWords();
  const written: Record<Precision, (time: string) => string> = {
    day: formats.minute,
    minute: isToday(at) ? formats.clock : formats.minute,
    second: formats.second,
    tenth: formats.tenth,
  };
  const end = state === null ? "" : t(`actions.state.${state}`);
  const words =
    step === "ended"
      ? end
      : step === "corrected"
        ? t("actions.step.corrected", { state: end })
        : t(`actions.step.${step}`, { name: action.askedBy.name });
  return (
    <li data-state={state ?? undefined}>
      <bdi>{words}</bdi>{" "}
      <time dateTime={at} title={formats.exact(at)}>
        {written[precision](at)}
      </time>
      {until !== null &&
        ` ${t(step === "shown" ? "actions.step.answerUntil" : "actions.step.until", { time: isToday(until) ? formats.clock(until) : formats.minute(until) })}`}
      {note !== null && <bdi> ({note})</bdi>}
      {step === "ended" && isReplaced(action) && ` (${t("actions.replaced")})`}
    </li>
  );
}

function isToday(at: string): boolean {
  return new Date(at).toDateString() === new Date().toDateString();
}
