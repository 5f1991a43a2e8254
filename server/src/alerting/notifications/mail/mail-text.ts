import { NOTIFICATION_TEXTS } from "@muster/shared/i18n/notification-messages.ts";
import { filled } from "@muster/shared/alarms/fill-template.ts";
import { defused, messageTextOf } from "../channels/message-text.ts";
import type { MessageEvent, OutgoingMessage } from "../channels/outgoing-message.ts";
import { referenceOf } from "../tickets/ticket-reference.ts";

type MailText = { subject: string; text: string; html: string };

/** A block of a mail: what one event says, and its links. */
type Block = { head: string; title: string; lines: readonly string[]; links: readonly Link[] };
type Link = { label: string; url: string; hint?: string };

const MAX_SUBJECT_LENGTH = 150;

/** Subject, text and HTML of a mail. */
export function mailTextOf(message: OutgoingMessage): MailText {
  const [event] = message.events;
  if (message.template && event) return formOf(message, message.template, event);
  const { title, blocks, more, reason } = contentOf(message);
  return {
    subject: `[Muster] ${title}`.slice(0, MAX_SUBJECT_LENGTH),
    text: [...blocks.map(textBlock), ...(more === null ? [] : [more]), `--\n${reason}`].join("\n\n"),
    html: [
      `<!doctype html><html lang="${message.language}"><body style="font-family:sans-serif;color:#1d2433">`,
      ...blocks.map(htmlBlock),
      ...(more === null ? [] : [`<p>${escapeHtml(more)}</p>`]),
      `<p style="color:#667085;font-size:12px">${escapeHtml(reason)}</p></body></html>`,
    ].join("\n"),
  };
}

/** A mail in the form of an administrator. What is filled in is not filled again, and is text in both parts. */
function formOf(
  message: OutgoingMessage,
  template: { subject: string; text: string },
  { alarm, severity }: MessageEvent,
): MailText {
  const { title, events } = messageTextOf(message);
  const values = {
    title,
    device: defused(alarm.deviceName ?? "", MAX_SUBJECT_LENGTH),
    severity: NOTIFICATION_TEXTS[message.language].severity[severity],
    event: events.map(({ head }) => head).join(", "),
    text: events.flatMap(({ lines }) => lines).join("\n"),
    link: `${message.publicUrl}/alarms/${alarm.id}`,
    reference: referenceOf(alarm.id),
  };
  const text = filled(template.text, values);
  return {
    subject: filled(template.subject, { ...values, text: events[0]?.lines[0] ?? "" }).slice(
      0,
      MAX_SUBJECT_LENGTH * 2,
    ),
    text,
    html: `<!doctype html><html lang="${message.language}"><body style="font-family:sans-serif">${escapeHtml(text).replaceAll("\n", "<br>")}</body></html>`,
  };
}

function contentOf(message: OutgoingMessage) {
  const { note, publicUrl, language } = message;
  if (note !== undefined) {
    const { title, lines, link, reason } = note;
    const links = [{ label: link.label, url: `${publicUrl}${link.path}` }];
    return { title, blocks: [{ head: "Muster", title, lines, links }], more: null, reason };
  }
  const { title, events, more } = messageTextOf(message);
  const blocks: Block[] = events.map((event, index) => ({ ...event, links: linksOf(message, index) }));
  return { title, blocks, more, reason: NOTIFICATION_TEXTS[language].reason };
}

function linksOf({ events, publicUrl, language, confirmUrl }: OutgoingMessage, index: number): Link[] {
  const texts = NOTIFICATION_TEXTS[language];
  if (confirmUrl !== null) return [{ label: texts.confirm.link, url: confirmUrl }];
  const event = events[index];
  if (!event) return [];
  const { acknowledgeUrl, alarm } = event;
  return [
    ...(acknowledgeUrl === null
      ? []
      : [{ label: texts.acknowledge, url: acknowledgeUrl, hint: texts.acknowledgeHint }]),
    ...(alarm.deviceId === null
      ? []
      : [{ label: texts.openDevice, url: `${publicUrl}/devices/${alarm.deviceId}` }]),
  ];
}

function textBlock({ head, title, lines, links }: Block): string {
  const linkLines = links.map(({ label, url, hint }) =>
    [`${label}: ${url}`, ...(hint === undefined ? [] : [hint])].join("\n"),
  );
  return [head, title, ...lines, ...linkLines].join("\n");
}

function htmlBlock({ head, title, lines, links }: Block): string {
  return [
    `<p style="margin:16px 0 0;color:#667085">${escapeHtml(head)}</p>`,
    `<p style="margin:0;font-size:16px"><strong>${escapeHtml(title)}</strong></p>`,
    `<p style="margin:4px 0">${lines.map(escapeHtml).join("<br>")}</p>`,
    ...links.map(
      ({ label, url, hint }) =>
        `<p style="margin:4px 0"><a href="${escapeHtml(url)}">${escapeHtml(label)}</a>${hint === undefined ? "" : `<br><small>${escapeHtml(hint)}</small>`}</p>`,
    ),
  ].join("\n");
}

/** Text for HTML, also inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
