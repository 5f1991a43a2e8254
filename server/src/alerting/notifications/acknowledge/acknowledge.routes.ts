import { z } from "zod";
import { type Route, route } from "../../../platform/http/route.ts";
import type { ServerContext } from "../../../platform/http/server-context.ts";
import { ACKNOWLEDGE_PATH } from "./acknowledge-links.ts";
import { acknowledgePage, type AcknowledgeView } from "./acknowledge-page.ts";
import { languageOf, PAGE_HEADERS } from "./small-page.ts";
import type { AcknowledgeByLink } from "./acknowledge.service.ts";

const common = {
  path: `${ACKNOWLEDGE_PATH}/{token}`,
  group: "Notifications",
  access: { by: "public" },
  params: z.object({
    token: z
      .string()
      .max(100)
      .meta({
        description: "Secret of the link in a mail, for one user and one alarm.",
        examples: ["9rD0fWcYk1"],
      }),
  }),
  answerType: "text/html",
  status: 200,
} as const;

/** The page behind the link of a mail: GET shows it, so that mail scanners acknowledge nothing, and POST acts. */
export function createAcknowledgeRoutes(byLink: AcknowledgeByLink): Route[] {
  return [
    route(
      {
        ...common,
        method: "get",
        operationId: "showAcknowledgePage",
        summary: "Get the page on which a recipient of a mail acknowledges an alarm",
      },
      async (request) => {
        const language = languageOf(request.header("accept-language"));
        return answer(request.context, await byLink.show(request.params.token, language), language);
      },
    ),
    route(
      {
        ...common,
        method: "post",
        operationId: "confirmAcknowledgement",
        summary: "Acknowledge an alarm with the link of a mail",
      },
      async (request) => {
        const language = languageOf(request.header("accept-language"));
        const view = await byLink.act(request.params.token, language, request.requestId);
        return answer(request.context, view, language);
      },
    ),
  ];
}

function answer(context: ServerContext, view: AcknowledgeView, language: ReturnType<typeof languageOf>) {
  const status = view.state === "invalid" ? 404 : 200;
  return context.body(acknowledgePage(view, language), status, { ...PAGE_HEADERS });
}
