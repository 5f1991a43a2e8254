import { useCallback, useEffect } from "react";
import { ask } from "../frame/bridge.ts";
import { ReadingBody } from "../frame/reading-body.tsx";
import { useReading } from "../frame/use-reading.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWords } from "../frame/words.ts";
import { MessageState } from "../ui/message-state.tsx";
import { MessageCard } from "./message-card.tsx";
import classes from "./messages-window.module.css";

/** What IT wrote to this person, newest first. */
export function MessagesWindow() {
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
