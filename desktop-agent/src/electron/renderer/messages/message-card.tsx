import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import { useId, useRef } from "react";
import { ask } from "../frame/bridge.ts";
import { useWords } from "../frame/words.ts";
import { RelativeTime } from "../ui/relative-time.tsx";
import classes from "./message-card.module.css";
import { MessageAnswers } from "./message-answers.tsx";
import { useSeen } from "./use-seen.ts";

/** One message. Its text is text: nothing in it becomes a link or markup. */
export function MessageCard({ message, changed }: { message: InboxMessage; changed: () => void }) {
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
