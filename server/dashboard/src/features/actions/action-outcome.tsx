import type { Action, ActionErrorCode } from "@muster/shared/contracts/action.ts";
import { useWords } from "../../i18n/words.tsx";
import classes from "./action-list.module.css";
import { LineViewer } from "./line-viewer.tsx";
import { isLines } from "./result-text.ts";
import { useResultText } from "./use-result-text.ts";
import { useActionWords } from "./use-action-words.ts";

/** Errors that the server found out by itself: the device said nothing. */
const SAID_BY_SERVER: readonly ActionErrorCode[] = ["no-result", "not-back", "restored"];

/** What came of an action: why it waits, its result by the labels of its schema, or its error and what to do about it. */
export function ActionOutcome({ action }: { action: Action }) {
  const { t } = useWords();
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
            <p className={classes.said}>
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
  const wordsOf = useActionWords();
  const labels = wordsOf(type).result;
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
