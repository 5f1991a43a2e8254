import type { ChannelSettingsOf } from "@muster/shared/alarms/channels/catalog.ts";
import { z } from "zod";
import { below } from "../channels/http-channel.ts";
import {
  type CallJson,
  type TicketChange,
  ticketOf,
  type TicketSystem,
  unlessGone,
} from "./ticket-system.ts";

const Found = z.array(z.object({ id: z.int(), number: z.string(), title: z.string() }));
const Created = z.object({ id: z.int(), number: z.string() });

/** REST API of Zammad: https://docs.zammad.org/en/latest/api/ticket/index.html. The title carries the reference. */
export function zammadSystem(settings: ChannelSettingsOf<"zammad">, call: CallJson): TicketSystem {
  const headers = {
    authorization: `Token token=${settings.token}`,
    "content-type": "application/json",
    accept: "application/json",
  };
  const api = (path: string) => below(settings.server, `/api/v1${path}`);
  // Zammad shows a plain article as it is.
  const articleOf = (body: string) => ({ body, type: "note", content_type: "text/plain", internal: false });
  return {
    async find(reference) {
      const query = new URLSearchParams({ query: reference, limit: "5", expand: "true" });
      const answer = await call({ url: api(`/tickets/search?${query}`), method: "GET", headers });
      const found = Found.safeParse(answer).data?.find(({ title }) => title.includes(reference));
      return found ? ticketOf(found.id, found.number) : null;
    },
    async create({ reference, title, text }) {
      const { group, customer } = settings;
      const body = {
        title: `${title} [${reference}]`,
        group,
        customer,
        article: { ...articleOf(text), subject: title },
      };
      const created = Created.safeParse(
        await call({ url: api("/tickets"), headers, body: JSON.stringify(body) }),
      ).data;
      return ticketOf(created?.id, created?.number);
    },
    async note({ id }, text, change) {
      const body = { article: articleOf(text), ...STATES[change] };
      const update = call({ url: api(`/tickets/${id}`), method: "PUT", headers, body: JSON.stringify(body) });
      await unlessGone([404, 422], update);
    },
    async check() {
      await call({ url: api("/tickets?per_page=1"), method: "GET", headers });
    },
  };
}

/** States that every Zammad begins with. */
const STATES: Readonly<Record<TicketChange, { state?: string }>> = {
  none: {},
  close: { state: "closed" },
  reopen: { state: "open" },
};
