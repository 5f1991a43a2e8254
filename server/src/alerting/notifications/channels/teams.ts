import { jsonRequest, type RequestsOf } from "./http-channel.ts";
import { messageTextOf } from "./message-text.ts";

/**
 * Adaptive card for the trigger "When a Teams webhook request is received" of Workflows:
 * https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook. Text runs know no Markdown.
 */
export const teamsRequests: RequestsOf<"teams"> = (message, { url }) => {
  const { events, more } = messageTextOf(message);
  const paragraphs = events.flatMap(({ head, title, lines }, index) => [
    paragraph([{ text: head, isSubtle: true }], index > 0),
    paragraph([{ text: title, weight: "Bolder" }]),
    ...lines.map((line) => paragraph([{ text: line }])),
  ]);
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: more === null ? paragraphs : [...paragraphs, paragraph([{ text: more }])],
  };
  return [
    jsonRequest(url, {
      type: "message",
      attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
    }),
  ];
};

function paragraph(runs: readonly { text: string; weight?: string; isSubtle?: boolean }[], hasLine = false) {
  const inlines = runs.map((run) => ({ type: "TextRun", ...run }));
  return { type: "RichTextBlock", ...(hasLine && { separator: true }), inlines };
}
