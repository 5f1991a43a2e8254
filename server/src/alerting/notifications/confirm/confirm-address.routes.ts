import { NOTIFICATION_TEXTS } from "@muster/shared/i18n/notification-messages.ts";
import { z } from "zod";
import { type Route, route } from "../../../platform/http/route.ts";
import { languageOf, PAGE_HEADERS, smallPage } from "../acknowledge/small-page.ts";
import { escapeHtml } from "../mail/mail-text.ts";
import { type AddressConfirmations, CONFIRM_PATH, type ConfirmationState } from "./address-confirmations.ts";

const common = {
  path: `${CONFIRM_PATH}/{token}`,
  group: "Notifications",
  access: { by: "public" },
  params: z.object({
    token: z
      .string()
      .max(100)
      .meta({ description: "Secret of the link in a test message.", examples: ["9rD0fWcYk1"] }),
  }),
  answerType: "text/html",
  status: 200,
} as const;

/** The page on which the owner of a mail address agrees to get messages. GET shows it, POST acts. */
export function createConfirmAddressRoutes(confirmations: AddressConfirmations): Route[] {
  return [
    route(
      {
        ...common,
        method: "get",
        operationId: "showConfirmAddressPage",
        summary: "Get the page on which the owner of a mail address agrees to get messages",
      },
      async ({ params: { token }, context }) => {
        const state = await confirmations.show(token);
        return context.body(pageOf(state, context.req.header("accept-language")), ...answerOf(state));
      },
    ),
    route(
      {
        ...common,
        method: "post",
        operationId: "confirmAddress",
        summary: "Agree to get messages at a mail address",
      },
      async ({ params: { token }, context }) => {
        const state = await confirmations.confirm(token);
        return context.body(pageOf(state, context.req.header("accept-language")), ...answerOf(state));
      },
    ),
  ];
}

function answerOf(state: ConfirmationState): [200 | 404, Record<string, string>] {
  return [state === "invalid" ? 404 : 200, { ...PAGE_HEADERS }];
}

function pageOf(state: ConfirmationState, acceptLanguage: string | undefined): string {
  const language = languageOf(acceptLanguage);
  const { confirm } = NOTIFICATION_TEXTS[language];
  const text = `<p${state === "ask" ? "" : ' role="status"'}>${escapeHtml(confirm[state])}</p>`;
  const form = `<form method="post"><button type="submit">${escapeHtml(confirm.button)}</button></form>`;
  return smallPage(confirm.title, state === "ask" ? text + form : text, language);
}
