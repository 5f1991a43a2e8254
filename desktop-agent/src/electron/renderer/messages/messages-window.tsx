import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import { useCallback, useEffect, useId, useRef } from "react";
import { startWindow } from "../frame/start-window.tsx";
import { ask } from "../frame/bridge.ts";
import { ResourceBody } from "../frame/resource-body.tsx";
import { useResource } from "../frame/use-resource.ts";
import { useRequest } from "../frame/use-request.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { MessageState } from "../ui/message-state.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { useViewed } from "./use-viewed.ts";
import classes from "./messages-window.module.css";

/** Messages from IT to this user, newest first. */
function MessagesWindow() {
  const { t } = useTranslations();
  const fetchMessages = useCallback(() => ask("read-messages"), []);
  const reading = useResource(fetchMessages, null);
  const { reload } = reading;
  useEffect(() => window.muster.on("messages-changed", reload), [reload]);
  const unread = reading.value?.filter(({ readAtMs }) => readAtMs === null).length ?? 0;

  return (
    <WindowFrame
      name="messages"
      tools={
        <span className={classes.unread} role="status">
          {unread > 0 && t("windows.messages.unread", { count: unread })}
        </span>
      }
    >
      <ResourceBody reading={reading}>
        {(messages) =>
          messages.length === 0 ? (
            <MessageState title={t("windows.messages.empty")} hint={t("windows.messages.emptyHint")} />
          ) : (
            <ul className={classes.list} aria-label={t("windows.messages.label")}>
              {messages.map((message) => (
                <li key={message.id}>
                  <MessageCard message={message} changed={reload} />
                </li>
              ))}
            </ul>
          )
        }
      </ResourceBody>
    </WindowFrame>
  );
}

/** One message. Its text is shown as plain text, without links or markup. */
function MessageCard({ message, changed }: { message: InboxMessage; changed: () => void }) {
  const { t } = useTranslations();
  const titleId = useId();
  const card = useRef<HTMLElement>(null);
  const { urgency } = message;
  const isNew = message.readAtMs === null;
  // If it fails, the message stays unread and is marked the next time it is seen.
  useViewed(card, isNew, () => void ask("mark-read", message.id).then(changed, () => undefined));

  return (
    <article
      ref={card}
      className={classes.card}
      data-new={isNew}
      data-urgency={message.urgency}
      aria-labelledby={titleId}
    >
      <p className={classes.marks}>
        {isNew && <span className={classes.new}>{t("windows.messages.isNew")}</span>}
        {urgency !== "normal" && (
          <span className={classes.urgency}>{t(`windows.messages.urgency.${urgency}`)}</span>
        )}
      </p>
      <h2 id={titleId} dir="auto">
        {message.title || t("windows.messages.untitled")}
      </h2>
      <p className={classes.from}>
        <span dir="auto">
          {message.askedBy === null
            ? t("windows.messages.fromIt")
            : t("windows.messages.from", { name: message.askedBy })}
        </span>
        <RelativeTime atMs={message.receivedAtMs} />
      </p>
      <p className={classes.text} dir="auto">
        {message.text}
      </p>
      <MessageAnswers message={message} changed={changed} />
    </article>
  );
}

type MessageAnswersProps = { message: InboxMessage; changed: () => void };

/** The message's buttons, or the given answer. */
function MessageAnswers({ message, changed }: MessageAnswersProps) {
  const { t } = useTranslations();
  const { notice, isBusy, send } = useRequest();
  const { id, buttons, pressed, isAnswerable } = message;

  function press(button: string): void {
    const pressing = async () => {
      const outcome = await ask("press-button", id, button);
      changed();
      return outcome;
    };
    send(pressing, t("windows.messages.answered", { button }));
  }

  if (pressed !== null) {
    return <p className={classes.answered}>{t("windows.messages.answered", { button: pressed })}</p>;
  }
  if (buttons.length === 0) return null;
  return (
    <>
      {isAnswerable ? (
        <div className={classes.buttons} role="group" aria-label={t("windows.messages.answers")}>
          {buttons.map((button) => (
            <Button key={button} dir="auto" aria-disabled={isBusy} onClick={() => press(button)}>
              {button}
            </Button>
          ))}
        </div>
      ) : (
        <p className={classes.answered}>{t("windows.messages.unanswered")}</p>
      )}
      <NoticeLine notice={notice} />
    </>
  );
}

startWindow("messages", MessagesWindow);
