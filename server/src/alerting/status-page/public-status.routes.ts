import { PublicStatus } from "@muster/shared/contracts/status-page.ts";
import { z } from "zod";
import { MusterError } from "../../platform/errors.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { API_HEADERS } from "../../platform/http/security-headers.ts";
import { languageOf } from "../notifications/acknowledge/small-page.ts";
import { statusFeed } from "./status-feed.ts";
import { STATUS_PAGE_HEADERS, statusHtml, statusNotFoundHtml } from "./status-html.ts";
import { STATUS_PATH } from "./status-page.service.ts";

const path = `${STATUS_PATH}/{address}` as const;
const common = {
  method: "get",
  group: "Status page",
  access: { by: "public" },
  status: 200,
  params: z.object({
    address: z
      .string()
      .max(60)
      .meta({ description: "Last part of the page's address.", examples: ["mV0nq2bJ3vYwq5cZs1Kx9A"] }),
  }),
} as const;

/** Short, because a page that was switched off has to be gone within ten seconds. */
const SHARED_HEADERS = {
  "cache-control": "public, max-age=5",
  "x-robots-tag": "noindex, nofollow",
  "x-content-type-options": "nosniff",
};

/** The status page as visitors read it: as a page, as JSON and as a feed. Without credentials. */
export function createPublicStatusRoutes(deps: {
  /** What visitors of an address read; null for an address without an enabled page. */
  find: (address: string) => Promise<PublicStatus | null>;
  publicUrl: string;
}): Route[] {
  const { find, publicUrl } = deps;
  return [
    route(
      {
        ...common,
        path,
        operationId: "showStatusPage",
        summary: "The public status page",
        answerType: "text/html",
      },
      async (request) => {
        const { params, context } = request;
        const { address } = params;
        const language = languageOf(request.header("accept-language"));
        const headers = { ...STATUS_PAGE_HEADERS, ...SHARED_HEADERS, vary: "accept-language" };
        const status = await find(address);
        if (status === null) return context.body(await statusNotFoundHtml(language), 404, headers);
        const feedPath = `${address}/feed.xml`;
        return context.body(await statusHtml(status, { language, feedPath }), 200, headers);
      },
    ),
    route(
      {
        ...common,
        path: `${path}/status.json`,
        operationId: "getPublicStatus",
        summary: "The public status page as JSON",
        answer: PublicStatus,
        errors: ["not-found"],
      },
      async ({ params: { address }, context }) => {
        const headers = { ...API_HEADERS, ...SHARED_HEADERS, "access-control-allow-origin": "*" };
        return context.body(JSON.stringify(await findPublished(address)), 200, headers);
      },
    ),
    route(
      {
        ...common,
        path: `${path}/feed.xml`,
        operationId: "getStatusFeed",
        summary: "Incidents and maintenance of the public status page as RSS",
        answerType: "application/rss+xml",
        errors: ["not-found"],
      },
      async (request) => {
        const { params, context } = request;
        const { address } = params;
        const language = languageOf(request.header("accept-language"));
        const url = `${publicUrl}${STATUS_PATH}/${address}`;
        const feed = await statusFeed(await findPublished(address), { language, url });
        return context.body(feed, 200, {
          ...SHARED_HEADERS,
          "content-type": "application/rss+xml; charset=utf-8",
          vary: "accept-language",
        });
      },
    ),
  ];

  async function findPublished(address: string): Promise<PublicStatus> {
    const status = await find(address);
    if (status === null) throw new MusterError("not-found", "There is no status page at this address.");
    return status;
  }
}
