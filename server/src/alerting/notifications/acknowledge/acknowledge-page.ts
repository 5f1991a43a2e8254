import type { Language } from "@muster/shared/i18n/languages.ts";
import { fillText, NOTIFICATION_TEXTS } from "@muster/shared/i18n/notification-messages.ts";
import { defused, timeText } from "../channels/message-text.ts";
import { escapeHtml } from "../mail/mail-text.ts";
import { smallPage } from "./small-page.ts";

/** What the page says: asks, or tells what has happened. */
export type AcknowledgeView =
  | { state: "invalid" }
  | { state: "ask" | "done" | "over"; title: string; sentence: string; openedAt: number }
  | { state: "already"; title: string; sentence: string; openedAt: number; by: string };

/** The page behind the link of a mail. */
export function acknowledgePage(view: AcknowledgeView, language: Language): string {
  const texts = NOTIFICATION_TEXTS[language].page;
  const alarm = view.state === "invalid" ? "" : alarmBlock(view, language);
  return smallPage(texts.title, alarm + statement(view, texts), language);
}

function alarmBlock(
  { title, sentence, openedAt }: Exclude<AcknowledgeView, { state: "invalid" }>,
  language: Language,
): string {
  const since = `${NOTIFICATION_TEXTS[language].since}: ${timeText(openedAt)}`;
  const lines = [`<strong>${escapeHtml(defused(title, 200))}</strong>`, escapeHtml(defused(sentence, 500))];
  return `<p class="alarm">${[...lines, escapeHtml(since)].join("<br>")}</p>`;
}

function statement(view: AcknowledgeView, texts: (typeof NOTIFICATION_TEXTS)["en"]["page"]): string {
  switch (view.state) {
    case "ask":
      return `<p>${escapeHtml(texts.ask)}</p><form method="post"><button type="submit">${escapeHtml(texts.button)}</button></form>`;
    case "already":
      return `<p role="status">${escapeHtml(fillText(texts.already, { name: defused(view.by, 100) }))}</p>`;
    case "done":
    case "over":
    case "invalid":
      return `<p role="status">${escapeHtml(texts[view.state])}</p>`;
  }
}
