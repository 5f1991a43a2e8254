import { type HelpDiagnostics, MAX_HELP_TEXT_LENGTH } from "@muster/shared/contracts/device-support.ts";
import { type SubmitEvent, useState } from "react";
import { ask } from "../frame/bridge.ts";
import { useRequest } from "../frame/use-request.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CheckField } from "../ui/check-field.tsx";
import { Field } from "../ui/field.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { DiagnosticsList } from "./diagnostics-list.tsx";
import classes from "./ask-window.module.css";

type AskFormProps = { diagnostics: HelpDiagnostics; changed: () => void };

/** A new help request. The summary that is shown is the one that is sent. */
export function AskForm({ diagnostics, changed }: AskFormProps) {
  const { t } = useTranslations();
  const { notice, isBusy, send } = useRequest();
  const [text, setText] = useState("");
  const [isEmpty, setIsEmpty] = useState(false);
  const [hasSummary, setHasSummary] = useState(false);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setIsEmpty(text.trim() === "");
    if (text.trim() === "") return;
    const asking = async () => {
      const outcome = await ask("ask-for-help", text, hasSummary ? diagnostics : null);
      if (outcome.kind === "done") setText("");
      changed();
      return outcome;
    };
    send(asking, t("windows.ask.form.sent"));
  }

  return (
    <Card title={t("windows.ask.form.title")}>
      <form className={classes.form} onSubmit={submit}>
        <Field label={t("windows.ask.form.label")} problem={isEmpty ? t("windows.ask.form.empty") : null}>
          {(naming) => (
            <textarea
              {...naming}
              className={classes.textarea}
              rows={4}
              maxLength={MAX_HELP_TEXT_LENGTH}
              dir="auto"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <CheckField
          label={t("windows.ask.form.summary")}
          hint={hasSummary ? t("windows.ask.form.summaryHint") : undefined}
          checked={hasSummary}
          onChange={setHasSummary}
        />
        {hasSummary && <DiagnosticsList diagnostics={diagnostics} />}
        <div className={classes.buttons}>
          <Button type="submit" look="main" aria-disabled={isBusy}>
            {t("windows.ask.form.send")}
          </Button>
        </div>
        <NoticeLine notice={notice} />
      </form>
    </Card>
  );
}
