import type { Action } from "@muster/shared/contracts/action.ts";
import { useWords } from "../../i18n/words.tsx";
import { definitionOf } from "./action-catalog.ts";
import { labelsOf } from "./action-field.ts";
import classes from "./action-list.module.css";
import { LineViewer } from "./line-viewer.tsx";
import { isLines, resultText } from "./result-text.ts";
import { useWording } from "./use-wording.ts";

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
          {error.message !== "" && (
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
  const { t, formats } = useWords();
  const wording = useWording();
  const labels = labelsOf(definitionOf(type).result);
  const words = {
    yes: t("actions.details.yes"),
    no: t("actions.details.no"),
    list: formats.list,
    pair: (value: string, detail: string) => t("actions.details.by", { value, detail }),
  };
  return (
    <dl className={classes.result}>
      {Object.entries(result).map(([name, value]) => {
        const label = labels.get(name);
        const heading = label ? wording(label) : name;
        if (isLines(value)) return <LineViewer key={name} label={heading} lines={value} />;
        const text = resultText(value, words);
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
