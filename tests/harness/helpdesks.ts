import http from "node:http";
import type { AddressInfo } from "node:net";

/** A ticket of a helpdesk with what was said about it, as plain text or in the markup of the system. */
export type HelpdeskTicket = { id: number; title: string; notes: string[]; labels: string[]; state: string };

export type Helpdesk = {
  url: string;
  tickets: HelpdeskTicket[];
  /** Method and path of each request, in order. */
  requests: string[];
  /** What becomes of the next request: it is handled, and its answer is this status (0: none at all) in place of its own. */
  spoilNext(status: number): void;
  /** Refuses the next request with this status. */
  refuseNext(status: number): void;
  close(): Promise<void>;
};

type Request = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  json: ReturnType<typeof JSON.parse>;
};
type Answer = [status: number, body: unknown];
type Handle = (request: Request, tickets: HelpdeskTicket[]) => Answer;

/** A helpdesk on loopback that takes requests in the documented form of one system and refuses all others. */
export async function startHelpdesk(system: keyof typeof SYSTEMS): Promise<Helpdesk> {
  const tickets: HelpdeskTicket[] = [];
  const requests: string[] = [];
  const spoiled: number[] = [];
  const refused: number[] = [];
  const server = http.createServer((incoming, outgoing) => {
    let text = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    incoming.on("end", () => {
      const url = new URL(incoming.url ?? "/", "http://localhost");
      const method = incoming.method ?? "";
      requests.push(`${method} ${url.pathname}`);
      const refusal = refused.shift();
      const [status, body] =
        refusal === undefined
          ? SYSTEMS[system](
              {
                method,
                path: url.pathname,
                query: url.searchParams,
                headers: incoming.headers,
                json: text === "" ? null : JSON.parse(text),
              },
              tickets,
            )
          : [refusal, {}];
      const spoil = spoiled.shift();
      if (spoil === 0) outgoing.destroy();
      else outgoing.writeHead(spoil ?? status).end(body === null ? "" : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tickets,
    requests,
    spoilNext: (status) => void spoiled.push(status),
    refuseNext: (status) => void refused.push(status),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function add(tickets: HelpdeskTicket[], title: string, note: string, labels: string[] = []): HelpdeskTicket {
  const ticket = { id: tickets.length + 1, title, notes: [note], labels, state: "new" };
  tickets.push(ticket);
  return ticket;
}

const NOT_FOUND: Answer = [404, { error: "not found" }];
const FORBIDDEN: Answer = [401, { error: "not signed in" }];

const zammad: Handle = ({ method, path, query, headers, json }, tickets) => {
  if (headers.authorization !== "Token token=zammad-token") return FORBIDDEN;
  const numbered = ({ id, title }: HelpdeskTicket) => ({ id, number: `220${id}`, title });
  if (method === "GET" && path === "/api/v1/tickets") return [200, tickets.map(numbered)];
  if (method === "GET" && path === "/api/v1/tickets/search") {
    const found = tickets.filter(({ title }) => title.includes(query.get("query") ?? "?"));
    return query.get("expand") === "true" ? [200, found.map(numbered)] : [422, {}];
  }
  if (method === "POST" && path === "/api/v1/tickets") {
    const { title, group, customer, article } = json;
    const isComplete = title && group === "Users" && customer === "it@example.org" && article?.body;
    if (!isComplete || article.content_type !== "text/plain")
      return [422, { error: "Missing required value" }];
    return [201, numbered(add(tickets, title, article.body))];
  }
  const ticket = tickets.find(({ id }) => path === `/api/v1/tickets/${id}`);
  if (method !== "PUT" || !ticket) return NOT_FOUND;
  ticket.notes.push(json.article.body);
  ticket.state = json.state ?? ticket.state;
  return [200, numbered(ticket)];
};

const jira: Handle = ({ method, path, query, headers, json }, tickets) => {
  if (headers.authorization !== `Basic ${btoa("it@example.org:jira-token")}`) return FORBIDDEN;
  const keyed = ({ id }: HelpdeskTicket) => ({ id: `${id}`, key: `OPS-${id}` });
  if (method === "GET" && path === "/rest/api/2/project/OPS") return [200, { key: "OPS" }];
  if (method === "GET" && path === "/rest/api/3/search/jql") {
    const [, label = ""] = /^project = "OPS" AND labels = "([^"]+)"$/.exec(query.get("jql") ?? "") ?? [];
    return [200, { issues: tickets.filter(({ labels }) => labels.includes(label)).map(keyed) }];
  }
  if (method === "POST" && path === "/rest/api/2/issue") {
    const { project, issuetype, summary, description, labels } = json.fields;
    if (project.key !== "OPS" || issuetype.name !== "Task" || !summary || summary.length > 255)
      return [400, { errors: { project: "project is required" } }];
    return [201, keyed(add(tickets, summary, description, labels))];
  }
  const [, id, what] = /^\/rest\/api\/2\/issue\/(\d+)\/(comment|transitions)$/.exec(path) ?? [];
  const ticket = tickets.find((one) => `${one.id}` === id);
  if (!ticket) return NOT_FOUND;
  if (what === "comment" && method === "POST") {
    ticket.notes.push(json.body);
    return [201, {}];
  }
  if (method === "GET") {
    const to = (state: string, key: string) => ({ id: state, to: { statusCategory: { key } } });
    return [200, { transitions: ticket.state === "done" ? [to("todo", "new")] : [to("done", "done")] }];
  }
  ticket.state = json.transition.id;
  return [204, null];
};

const glpi: Handle = ({ method, path, query, headers, json }, tickets) => {
  if (headers["app-token"] !== "glpi-app") return [400, ["ERROR_WRONG_APP_TOKEN_PARAMETER", ""]];
  if (path === "/apirest.php/initSession") {
    const isKnown = headers.authorization === "user_token glpi-user";
    return isKnown ? [200, { session_token: "s1" }] : [401, ["ERROR_GLPI_LOGIN_USER_TOKEN", ""]];
  }
  if (headers["session-token"] !== "s1") return [401, ["ERROR_SESSION_TOKEN_INVALID", ""]];
  if (path === "/apirest.php/killSession") return [200, true];
  if (path === "/apirest.php/getMyProfiles") return [200, { myprofiles: [] }];
  const { input } = json ?? {};
  if (path === "/apirest.php/Ticket" && method === "GET") {
    const found = tickets.filter(({ title }) => title.includes(query.get("searchText[name]") ?? "?"));
    return [found.length > 0 ? 206 : 200, found.map(({ id, title }) => ({ id, name: title }))];
  }
  if (path === "/apirest.php/Ticket" && method === "POST") {
    if (!input.name || !input.content) return [400, ["ERROR_GLPI_ADD", ""]];
    return [201, { id: add(tickets, input.name, input.content).id, message: "" }];
  }
  const ticket = tickets.find(({ id }) => input?.items_id === id || path === `/apirest.php/Ticket/${id}`);
  if (!ticket) return [400, ["ERROR_GLPI_ADD", ""]];
  if (method === "PUT") {
    ticket.state = String(input.status);
    return [200, [{ [ticket.id]: true, message: "" }]];
  }
  ticket.notes.push(input.content);
  if (path === "/apirest.php/ITILSolution") ticket.state = "solved";
  return [201, { id: ticket.notes.length, message: "" }];
};

const SYSTEMS = { zammad, jira, glpi } satisfies Record<string, Handle>;
