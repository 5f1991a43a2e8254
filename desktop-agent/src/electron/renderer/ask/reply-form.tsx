import { MAX_HELP_TEXT_LENGTH } from "@muster/shared/contracts/device-support.ts";
import type { LocalHelpRequest } from "@muster/shared/contracts/local-support.ts";
import { type SubmitEvent, useState } from "react";
import { ask } from "../frame/bridge.ts";
import { useRequest } from "../frame/use-request.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import classes from "./ask-window.module.css";

type ReplyFormProps = { request: LocalHelpRequest; changed: () => void };

/** A reply to an open request, and the way to close it. One that the server does not take can only be removed. */
export function ReplyForm({ request, changed }: ReplyFormProps) {
  const { t } = useTranslations();
  const { notice, isBusy, send } = useRequest();
  const [text, setText] = useState("");
  const [isEmpty, setIsEmpty] = useState(false);
  const { id } = request;
  const isRefused = request.sending === "refused";

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setIsEmpty(text.trim() === "");
    if (text.trim() === "") return;
    const replying = async () => {
      const outcome = await ask("reply-to-help", id, text);
      if (outcome.kind === "done") setText("");
      changed();
      return outcome;
    };
    send(replying, t("windows.ask.requests.replied"));
  }

  function close(): void {
    const closing = async () => {
      const outcome = await ask("close-help", id);
      changed();
      return outcome;
    };
    send(closing, t(`windows.ask.requests.${isRefused ? "removed" : "closedNow"}`));
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      {!isRefused && (
        <Field
          label={t("windows.ask.requests.reply")}
          problem={isEmpty ? t("windows.ask.requests.emptyReply") : null}
        >
          {(naming) => (
            <textarea
              {...naming}
              className={classes.textarea}
              rows={2}
              maxLength={MAX_HELP_TEXT_LENGTH}
              dir="auto"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className={classes.buttons}>
        {!isRefused && (
          <Button type="submit" aria-disabled={isBusy}>
            {t("windows.ask.requests.send")}
          </Button>
        )}
        <Button
          look="subtle"
          aria-disabled={isBusy}
          title={isRefused ? undefined : t("windows.ask.requests.closeHint")}
          onClick={close}
        >
          {t(`windows.ask.requests.${isRefused ? "remove" : "close"}`)}
        </Button>
      </div>
      <NoticeLine notice={notice} />
    </form>
  );
}
