import { createHash } from "node:crypto";
import type { PublicStatus } from "@muster/shared/contracts/status-page.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { fillText } from "@muster/shared/i18n/notification-messages.ts";
import { STATUS_PAGE_TEXTS } from "@muster/shared/i18n/status-page-messages.ts";
import { html, raw } from "hono/html";
import { timeText } from "../notifications/channels/message-text.ts";

type Item = { key: string; title: string; text: string; at: string };

/** Incidents and maintenance as RSS 2.0 (https://www.rssboard.org/rss-specification). `html` escapes what XML needs escaped. */
export async function statusFeed(
  status: PublicStatus,
  { language, url }: { language: Language; url: string },
): Promise<string> {
  const items = [...incidentItems(status, language), ...maintenanceItems(status, language)]
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .map(
      ({ key, title, text, at }) =>
        html`<item><title>${title}</title><description>${text}</description><link>${url}</link><guid isPermaLink="false">${guidOf(url, key)}</guid><pubDate>${new Date(at).toUTCString()}</pubDate></item>
`,
    );
  const markup = await html`${raw('<?xml version="1.0" encoding="UTF-8"?>')}
<rss version="2.0"><channel><title>${status.title}</title><link>${url}</link><description>${status.intro === "" ? status.title : status.intro}</description><language>${language}</language>
${items}</channel></rss>
`;
  return markup.toString();
}

function incidentItems({ incidents }: PublicStatus, language: Language): Item[] {
  const texts = STATUS_PAGE_TEXTS[language];
  return incidents.flatMap(({ title, openedAt, updates }) =>
    updates.map(({ at, state, text }) => ({
      key: `${openedAt} ${title} ${at}`,
      title: `${title}: ${texts.incident[state]}`,
      text,
      at,
    })),
  );
}

/** Announced when it begins to be shown; the time of a feed's item may not be in the future. */
function maintenanceItems({ maintenance, checkedAt }: PublicStatus, language: Language): Item[] {
  const texts = STATUS_PAGE_TEXTS[language];
  return maintenance.map(({ startsAt, endsAt, components }) => ({
    key: `${startsAt} ${endsAt} ${components.join()}`,
    title: fillText(texts.maintenanceItem, {
      from: timeText(Date.parse(startsAt)),
      to: timeText(Date.parse(endsAt)),
    }),
    text: fillText(texts.affects, { names: components.join(", ") }),
    at: startsAt < checkedAt ? startsAt : checkedAt,
  }));
}

/** The same for the same item at each read, and no id of the server. */
function guidOf(url: string, key: string): string {
  return createHash("sha256").update(`${url} ${key}`).digest("hex").slice(0, 32);
}
