import { createHash } from "node:crypto";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { fillText, NOTIFICATION_TEXTS } from "@muster/shared/i18n/notification-messages.ts";
import { defused, timeText } from "../channels/message-text.ts";
import { escapeHtml } from "../mail/mail-text.ts";

/** What the page says: asks, or tells what has happened. */
export type AcknowledgeView =
  | { state: "invalid" }
  | { state: "ask" | "done" | "over"; title: string; sentence: string; openedAt: number }
  | { state: "already"; title: string; sentence: string; openedAt: number; by: string };

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}
h1{font-size:1.25rem}button{font:inherit;padding:.6rem 1.2rem;cursor:pointer}.alarm{border-inline-start:4px solid #d97706;padding-inline-start:1rem;overflow-wrap:anywhere}`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** The form posts to this server only. With `no-referrer`, browsers would send `Origin: null` with the form. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-robots-tag": "noindex",
};

/** The page behind the link of a mail, without a script. */
export function acknowledgePage(view: AcknowledgeView, language: Language): string {
  const texts = NOTIFICATION_TEXTS[language].page;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(texts.title)} · Muster</title>`,
    `<style>${STYLE}</style></head><body><main><h1>${escapeHtml(texts.title)}</h1>`,
    view.state === "invalid" ? "" : alarmBlock(view, language),
    statement(view, texts),
    "</main></body></html>",
  ].join("\n");
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
