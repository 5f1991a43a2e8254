import { createHash } from "node:crypto";
import type { ComponentState, PublicStatus } from "@muster/shared/contracts/status-page.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { fillText } from "@muster/shared/i18n/notification-messages.ts";
import { STATUS_PAGE_TEXTS, type StatusPageTexts } from "@muster/shared/i18n/status-page-messages.ts";
import { html, raw } from "hono/html";
import { timeText } from "../notifications/channels/message-text.ts";
import { STATUS_STYLE } from "./status-style.ts";

const STYLE_HASH = createHash("sha256").update(STATUS_STYLE).digest("base64");

/** The page has no script. What refers to it learns nothing of its address. */
export const STATUS_PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
};

type Component = PublicStatus["components"][number];
type Incident = PublicStatus["incidents"][number];
type Markup = ReturnType<typeof html>;

const BAR_WIDTH = 4;
const BAR_HEIGHT = 24;
/** From this share on, a day counts as good: some seconds between two reports are no outage. */
const GOOD_PERCENT = 99.9;
const FAIR_PERCENT = 95;

/** The page that visitors read. Everything that members and devices wrote is escaped by `html`. */
export async function statusHtml(
  status: PublicStatus,
  { language, feedPath }: { language: Language; feedPath: string },
): Promise<string> {
  const texts = STATUS_PAGE_TEXTS[language];
  const { title, intro, state, checkedAt, components, incidents, maintenance } = status;
  const content = html`<header>
      <h1>${title}</h1>
      ${intro === "" ? "" : html`<p class="intro">${intro}</p>`}
      <p class="summary ${state}" role="status">${shapeOf(state)} ${texts.summary[state]}</p>
    </header>
    ${maintenance.length === 0 ? "" : maintenanceSection(maintenance, texts)}
    <section>
      <h2>${texts.components}</h2>
      ${
        components.length === 0
          ? html`<p>${texts.noComponents}</p>`
          : html`<ul class="components">${components.map((component) => componentItem(component, texts))}</ul>`
      }
    </section>
    <section>
      <h2>${texts.incidents}</h2>
      ${
        incidents.length === 0
          ? html`<p>${texts.noIncidents}</p>`
          : incidents.map((incident) => incidentArticle(incident, texts))
      }
    </section>
    <footer>${fillText(texts.checkedAt, { time: shownTime(checkedAt) })} <a href="${feedPath}">${texts.feed}</a></footer>`;
  return page({ title, language, head: feedLink(feedPath, title) }, content);
}

/** The page at an address that has none, or none any more. */
export function statusNotFoundHtml(language: Language): Promise<string> {
  const { notFound } = STATUS_PAGE_TEXTS[language];
  return page({ title: "Status", language, head: "" }, html`<h1>Status</h1><p>${notFound}</p>`);
}

async function page(
  { title, language, head }: { title: string; language: Language; head: Markup | string },
  content: Markup,
): Promise<string> {
  const markup = await html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title}</title>
        ${head}
        <style>${raw(STATUS_STYLE)}</style>
      </head>
      <body><main>${content}</main></body>
    </html>`;
  return markup.toString();
}

function feedLink(feedPath: string, title: string): Markup {
  return html`<link rel="alternate" type="application/rss+xml" href="${feedPath}" title="${title}" />`;
}

function maintenanceSection(windows: PublicStatus["maintenance"], texts: StatusPageTexts): Markup {
  return html`<section>
    <h2>${texts.maintenance}</h2>
    <ul class="maintenance">
      ${windows.map(
        ({ startsAt, endsAt, components }) =>
          html`<li>
            <strong>${fillText(texts.window, { from: shownTime(startsAt), to: shownTime(endsAt) })}</strong>
            ${affects(components, texts)}
          </li>`,
      )}
    </ul>
  </section>`;
}

function componentItem({ name, state, percent, days }: Component, texts: StatusPageTexts): Markup {
  const share = shareText(percent, days, texts);
  const bad = days.filter((day) => day.percent !== null && day.percent < GOOD_PERCENT).map(({ day }) => day);
  const outages = bad.length === 0 ? texts.noBadDays : fillText(texts.badDays, { days: bad.join(", ") });
  return html`<li>
    <p class="line"><span>${name}</span> ${stateLabel(state, texts.state[state])}</p>
    <svg class="days" role="img" viewBox="0 0 ${days.length * BAR_WIDTH} ${BAR_HEIGHT}" preserveAspectRatio="none">
      <title>${percent === null ? share : `${share}. ${outages}`}</title>
      ${(["good", "fair", "bad", "none"] as const).map((kind) => html`<path class="${kind}" d="${bars(days, kind)}" />`)}
    </svg>
    <p class="range"><span>${texts.from}</span> <span>${share}</span> <span>${texts.to}</span></p>
  </li>`;
}

/** Shapes as on the dashboard, for readers who do not see the colours. Drawn, because fonts may lack them. */
const SHAPES: Readonly<Record<ComponentState, string>> = {
  operational: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
  "no-data": "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zm0 2a3 3 0 1 1 0 6a3 3 0 1 1 0-6z",
  maintenance: "M2 2h3v8h-3zm5 0h3v8h-3z",
  degraded: "M6 1l5.5 10h-11z",
  "partial-outage": "M6 1l5.5 10h-11z",
  outage: "M4 1h4l3 3v4l-3 3h-4l-3-3v-4z",
};

function shapeOf(state: ComponentState): Markup {
  return html`<svg class="shape" viewBox="0 0 12 12" aria-hidden="true"><path fill-rule="evenodd" d="${SHAPES[state]}" /></svg>`;
}

function stateLabel(state: ComponentState, text: string): Markup {
  return html`<span class="state ${state}">${shapeOf(state)} ${text}</span>`;
}

type DayKind = "good" | "fair" | "bad" | "none";

function kindOf(percent: number | null): DayKind {
  if (percent === null) return "none";
  if (percent >= GOOD_PERCENT) return "good";
  return percent >= FAIR_PERCENT ? "fair" : "bad";
}

/** The days of one kind as one path: a shape of its own for each day would make the page several times as large. */
function bars(days: Component["days"], kind: DayKind): string {
  return days
    .flatMap(({ percent }, index) =>
      kindOf(percent) === kind
        ? `M${index * BAR_WIDTH} 0h${BAR_WIDTH - 1}v${BAR_HEIGHT}h-${BAR_WIDTH - 1}z`
        : [],
    )
    .join("");
}

function incidentArticle(
  { title, impact, state, components, updates }: Incident,
  texts: StatusPageTexts,
): Markup {
  return html`<article>
    <h3>${title} ${stateLabel(state === "resolved" ? "operational" : impact, texts.incident[state])}</h3>
    ${affects(components, texts)}
    <ol>
      ${updates.map(
        (update) =>
          html`<li>
            <p class="when">
              <time datetime="${update.at}">${shownTime(update.at)}</time> · ${texts.incident[update.state]}
            </p>
            <p class="text">${update.text}</p>
          </li>`,
      )}
    </ol>
  </article>`;
}

function affects(names: readonly string[], texts: StatusPageTexts): Markup | string {
  return names.length === 0 ? "" : html`<p>${fillText(texts.affects, { names: names.join(", ") })}</p>`;
}

function shareText(percent: number | null, days: Component["days"], texts: StatusPageTexts): string {
  if (percent === null) return texts.noPercent;
  const share = fillText(texts.percent, { percent: percentText(percent) });
  const count = days.filter((day) => day.percent !== null).length;
  return count === days.length ? share : `${share} (${fillText(texts.recorded, { count })})`;
}

/** Never rounded up: 99.999 is not 100. */
function percentText(percent: number): string {
  return String(Math.floor(percent * 100) / 100);
}

function shownTime(instant: string): string {
  return timeText(Date.parse(instant));
}
