import type { LocalHelpMessage, LocalHelpRequest } from "@muster/shared/contracts/local-support.ts";
import { useRef } from "react";
import { ask } from "../frame/bridge.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { useViewed } from "../messages/use-viewed.ts";
import { RelativeTime } from "../ui/relative-time.tsx";
import { ReplyForm } from "./reply-form.tsx";
import classes from "./ask-window.module.css";

type HelpRequestCardProps = { request: LocalHelpRequest; changed: () => void };

/** One request with its thread. All texts are plain, without links or markup. */
export function HelpRequestCard({ request, changed }: HelpRequestCardProps) {
  const { t } = useTranslations();
  const card = useRef<HTMLElement>(null);
  const { id, text, askedAtMs, state, sending, reason, messages } = request;
  const hasNew = messages.some(({ isFromIt, isRead }) => isFromIt && !isRead);
  // If it fails, the answers stay unread and are marked the next time they are seen.
  useViewed(card, hasNew, () => void ask("mark-help-read", id).then(changed, () => undefined));
  const first = { id, isFromIt: false, author: "", text, atMs: askedAtMs, isRead: true, sending, reason };
  return (
    <article ref={card} className={classes.request} data-new={hasNew}>
      {hasNew && <p className={classes.new}>{t("windows.ask.requests.new")}</p>}
      <ol className={classes.thread}>
        {[first, ...messages].map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
      <RequestState request={request} />
      {state === "open" && <ReplyForm request={request} changed={changed} />}
    </article>
  );
}

function RequestState({ request }: { request: LocalHelpRequest }) {
  const { t } = useTranslations();
  const { state, sending, takenBy, closedBy } = request;
  if (sending !== "sent") return null;
  if (state === "open") {
    return (
      <p className={classes.dim} dir="auto">
        {takenBy === null
          ? t("windows.ask.requests.unseen")
          : t("windows.ask.requests.takenBy", { name: takenBy })}
      </p>
    );
  }
  return (
    <p className={classes.dim} dir="auto">
      {closedBy === null
        ? t("windows.ask.requests.closedByYou")
        : t("windows.ask.requests.closedBy", { name: closedBy })}
    </p>
  );
}

function Message({ message }: { message: LocalHelpMessage }) {
  const { t } = useTranslations();
  const { isFromIt, author, text, atMs, sending, reason } = message;
  return (
    <li className={classes.message} data-it={isFromIt}>
      <p className={classes.from}>
        <span dir="auto">{isFromIt ? author : t("windows.ask.requests.you")}</span>
        <RelativeTime atMs={atMs} />
      </p>
      <p className={classes.text} dir="auto">
        {text}
      </p>
      {sending === "waiting" && <p className={classes.waiting}>{t("windows.ask.requests.waiting")}</p>}
      {sending === "refused" && (
        <p className={classes.refused}>{t("windows.ask.requests.refused", { reason: reason ?? "" })}</p>
      )}
    </li>
  );
}
