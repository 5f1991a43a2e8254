import type { Action, ActionErrorCode } from "@muster/shared/contracts/action.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useActionTexts } from "./action-catalog.ts";
import classes from "./action-list.module.css";
import { isReplaced, type LineStep, type Precision, stateLine } from "./state-line.ts";
import { isLines, useResultText } from "./action-details.tsx";

/** Errors that the server detected itself: the device reported nothing. */
const SAID_BY_SERVER: readonly ActionErrorCode[] = ["no-result", "not-back", "restored"];

/** What came of an action: why it waits, its result by the labels of its schema, or its error and what to do about it. */
export function ActionOutcome({ action }: { action: Action }) {
  const { t } = useTranslations();
  const { error, result, state, waitsBecause, cancelAsked } = action;
  return (
    <>
      {waitsBecause !== null && <p className={classes.waits}>{t(`actions.waits.${waitsBecause}`)}</p>}
      {cancelAsked && (state === "delivered" || state === "executing") && (
        <p className={classes.waits}>{t("actions.cancel.asked")}</p>
      )}
      {error !== null && (
        <div className={classes.error}>
          <p>
            {t(`actions.errors.${error.code}.text`)} {t(`actions.errors.${error.code}.todo`)}
          </p>
          {error.message !== "" && !SAID_BY_SERVER.includes(error.code) && (
            <p className={classes.deviceMessage}>
              <bdi>{t("actions.errors.deviceSays", { message: error.message })}</bdi>
            </p>
          )}
        </div>
      )}
      {result !== null && <Result type={action.type} result={result} />}
    </>
  );
}

function Result({ type, result }: { type: Action["type"]; result: Record<string, unknown> }) {
  const textOf = useResultText();
  const textsOf = useActionTexts();
  const labels = textsOf(type).result;
  return (
    <dl className={classes.result}>
      {Object.entries(result).map(([name, value]) => {
        const heading = labels[name] ?? name;
        if (isLines(value)) return <LineViewer key={name} label={heading} lines={value} />;
        const text = textOf(value);
        if (text === "") return null;
        return (
          <div key={name}>
            <dt>{heading}</dt>
            <dd>
              <bdi>{text}</bdi>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The way of an action: asked by whom, delivered, shown, done, each with its time. */
export function ActionSteps({ action }: { action: Action }) {
  const { t } = useTranslations();
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
  const { t, formats } = useTranslations();
  const written: Record<Precision, (time: string) => string> = {
    day: formats.minute,
    minute: isToday(at) ? formats.clock : formats.minute,
    second: formats.second,
    tenth: formats.tenth,
  };
  const end = state === null ? "" : t(`actions.state.${state}`);
  const texts =
    step === "ended"
      ? end
      : step === "corrected"
        ? t("actions.step.corrected", { state: end })
        : t(`actions.step.${step}`, { name: action.askedBy.name });
  return (
    <li data-state={state ?? undefined}>
      <bdi>{texts}</bdi>{" "}
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

/** Lines that a device sent, as text and nothing else, folded until asked for. */
function LineViewer({ label, lines }: { label: string; lines: readonly string[] }) {
  const { t } = useTranslations();
  const text = lines.join("\n");
  return (
    <details className={classes.viewer}>
      <summary>
        {label}: {t("actions.details.lines", { count: lines.length })}
      </summary>
      <div className={classes.lines}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls is reached by the keyboard */}
        <pre dir="ltr" tabIndex={0} aria-label={label}>
          {text}
        </pre>
        <CopyButton text={text} label={t("actions.details.copyLog")} />
      </div>
    </details>
  );
}
