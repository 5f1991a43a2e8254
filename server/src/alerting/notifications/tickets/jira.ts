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

const MAX_SUMMARY_LENGTH = 255;
const Issue = z.object({ id: z.string(), key: z.string() });
const Found = z.object({ issues: z.array(Issue) });
const Transitions = z.object({
  transitions: z.array(
    z.object({ id: z.string(), to: z.object({ statusCategory: z.object({ key: z.string() }) }) }),
  ),
});

/**
 * REST API 2 of Jira, which both editions have: https://developer.atlassian.com/cloud/jira/platform/rest/v2/. Jira Cloud searches by a newer
 * address only. A label carries the reference.
 */
export function jiraSystem(settings: ChannelSettingsOf<"jira">, call: CallJson): TicketSystem {
  const { server, edition, user, token, project, issueType } = settings;
  const isCloud = edition === "cloud";
  const authorization = isCloud
    ? `Basic ${Buffer.from(`${user}:${token}`).toString("base64")}`
    : `Bearer ${token}`;
  const headers = { authorization, "content-type": "application/json", accept: "application/json" };
  const get = (path: string) => call({ url: below(server, path), method: "GET", headers });
  const post = (path: string, body: object) =>
    call({ url: below(server, path), headers, body: JSON.stringify(body) });

  async function move(id: string, change: Exclude<TicketChange, "none">): Promise<void> {
    const path = `/rest/api/2/issue/${id}/transitions`;
    const isWanted = (category: string) => (category === "done") === (change === "close");
    const known = Transitions.safeParse(await get(path)).data?.transitions ?? [];
    const transition = known.find(({ to }) => isWanted(to.statusCategory.key));
    // A workflow may have no such step; the comment says it all the same.
    if (transition) await post(path, { transition: { id: transition.id } });
  }

  return {
    async find(reference) {
      const query = new URLSearchParams({
        jql: `project = "${project}" AND labels = "${reference}"`,
        fields: "summary",
        maxResults: "1",
      });
      const answer = await get(`${isCloud ? "/rest/api/3/search/jql" : "/rest/api/2/search"}?${query}`);
      const issue = Found.safeParse(answer).data?.issues[0];
      return issue ? ticketOf(issue.id, issue.key) : null;
    },
    async create({ reference, title, text }) {
      const fields = {
        project: { key: project },
        issuetype: { name: issueType },
        summary: title.slice(0, MAX_SUMMARY_LENGTH).toWellFormed(),
        description: unformatted(text),
        labels: ["muster", reference],
      };
      const created = Issue.safeParse(await post("/rest/api/2/issue", { fields })).data;
      return ticketOf(created?.id, created?.key);
    },
    async note({ id }, text, change) {
      await unlessGone([404], post(`/rest/api/2/issue/${id}/comment`, { body: unformatted(text) }));
      if (change !== "none") await move(id, change);
    },
    async check() {
      await get(`/rest/api/2/project/${project}`);
    },
  };
}

/** Nothing inside such a block is read as markup of Jira, as long as the text does not end it. */
function unformatted(text: string): string {
  return `{noformat}\n${text.replaceAll(/\{(?=\s*noformat)/gi, "{ ")}\n{noformat}`;
}
