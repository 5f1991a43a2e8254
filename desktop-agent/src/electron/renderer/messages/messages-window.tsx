import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import { useCallback, useEffect, useId, useRef } from "react";
import { startWindow } from "../frame/start-window.tsx";
import { ask } from "../frame/bridge.ts";
import { ReadingBody } from "../frame/reading-body.tsx";
import { useReading } from "../frame/use-reading.ts";
import { useWish } from "../frame/use-wish.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { MessageState } from "../ui/message-state.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { useSeen } from "./use-seen.ts";
import classes from "./messages-window.module.css";

/** What IT wrote to this person, newest first. */
function MessagesWindow() {
  const { t } = useWords();
  const fetchMessages = useCallback(() => ask("read-messages"), []);
  const reading = useReading(fetchMessages, null);
  const { read } = reading;
  useEffect(() => window.muster.on("messages-changed", read), [read]);
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
      <ReadingBody reading={reading}>
        {(messages) =>
          messages.length === 0 ? (
            <MessageState title={t("windows.messages.empty")} hint={t("windows.messages.emptyHint")} />
          ) : (
            <ul className={classes.list} aria-label={t("windows.messages.label")}>
              {messages.map((message) => (
                <li key={message.id}>
                  <MessageCard message={message} changed={read} />
                </li>
              ))}
            </ul>
          )
        }
      </ReadingBody>
    </WindowFrame>
  );
}

/** One message. Its text is text: nothing in it becomes a link or markup. */
function MessageCard({ message, changed }: { message: InboxMessage; changed: () => void }) {
  const { t } = useWords();
  const titleId = useId();
  const card = useRef<HTMLElement>(null);
  const { urgency } = message;
  const isNew = message.readAtMs === null;
  // A refusal leaves it unread, and it is marked when it is seen the next time.
  useSeen(card, isNew, () => void ask("mark-read", message.id).then(changed, () => undefined));

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

/** The message's buttons, or the answer that was given. */
function MessageAnswers({ message, changed }: MessageAnswersProps) {
  const { t } = useWords();
  const { notice, isBusy, make } = useWish();
  const { id, buttons, pressed, isAnswerable } = message;

  function press(button: string): void {
    const pressing = async () => {
      const outcome = await ask("press-button", id, button);
      changed();
      return outcome;
    };
    make(pressing, t("windows.messages.answered", { button }));
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
