import type { ChannelSettingsOf } from "@muster/shared/alarms/channels/catalog.ts";
import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import { z } from "zod";
import { below } from "../channels/http-channel.ts";
import { escapeHtml } from "../mail/mail-text.ts";
import { type CallJson, ticketOf, type TicketSystem, unlessGone } from "./ticket-system.ts";

const Session = z.object({ session_token: z.string().regex(/^[\x21-\x7e]{1,500}$/) });
const Found = z.array(z.object({ id: z.int(), name: z.string() }));
const Created = z.object({ id: z.int() });
const MAX_TITLE_LENGTH = 200;
const URGENCIES: Readonly<Record<AlarmSeverity, number>> = { info: 2, warning: 3, critical: 5 };
/** "Processing (assigned)" of GLPI. */
const IN_PROGRESS = 2;

/** REST API of GLPI: https://github.com/glpi-project/glpi/blob/main/apirest.md. The title carries the reference. */
export function glpiSystem(settings: ChannelSettingsOf<"glpi">, call: CallJson): TicketSystem {
  const api = (path: string) => below(settings.server, `/apirest.php${path}`);
  const common = { "app-token": settings.appToken, "content-type": "application/json" };
  let session: Promise<string> | null = null;

  async function begin(): Promise<string> {
    const headers = { ...common, authorization: `user_token ${settings.userToken}` };
    const answer = await call({ url: api("/initSession"), method: "GET", headers });
    return Session.safeParse(answer).data?.session_token ?? ticketOf("", "").id;
  }

  async function send(method: "GET" | "POST" | "PUT", path: string, input?: object): Promise<unknown> {
    session ??= begin();
    const headers = { ...common, "session-token": await session };
    return call({ url: api(path), method, headers, ...(input && { body: JSON.stringify({ input }) }) });
  }

  return {
    async find(reference) {
      const query = new URLSearchParams({ "searchText[name]": reference, range: "0-4" });
      const answer = await send("GET", `/Ticket?${query}`);
      const found = Found.safeParse(answer).data?.find(({ name }) => name.includes(reference));
      return found ? ticketOf(found.id, found.id) : null;
    },
    async create({ reference, title, text, severity }) {
      const name = `${title.slice(0, MAX_TITLE_LENGTH).toWellFormed()} [${reference}]`;
      const input = { name, content: richText(text), urgency: URGENCIES[severity] };
      const created = Created.safeParse(await send("POST", "/Ticket", input)).data;
      return ticketOf(created?.id, created?.id);
    },
    async note({ id }, text, change) {
      const item = { itemtype: "Ticket", items_id: Number(id), content: richText(text) };
      // A solution is what solves a ticket in GLPI, and has the text of a note.
      const path = change === "close" ? "/ITILSolution" : "/ITILFollowup";
      await unlessGone([400, 404], send("POST", path, item));
      if (change === "reopen") await send("PUT", `/Ticket/${id}`, { status: IN_PROGRESS });
    },
    async check() {
      await send("GET", "/getMyProfiles");
    },
    async close() {
      if (session === null) return;
      await send("GET", "/killSession").catch(() => undefined);
    },
  };
}

/** GLPI reads HTML. */
function richText(text: string): string {
  return `<p>${escapeHtml(text).replaceAll("\n", "<br>")}</p>`;
}
