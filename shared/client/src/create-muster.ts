import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api.generated.ts";
import { readItems, type ListItem, type ListPath, type ListQuery } from "./read-items.ts";
import { createRetryingFetch } from "./retrying-fetch.ts";

export { dataOf, MusterError } from "./data-of.ts";
export { ifMatch } from "./if-match.ts";
export type { paths } from "./api.generated.ts";

/** The schemas of the API by name: `Schemas["DeviceSummary"]`. */
export type Schemas = components["schemas"];

export type MusterOptions = {
  /** Public URL of the server, with its path when it has one. */
  url: string;
  /** Secret of an API key: `mk_` and 43 characters. */
  apiKey: string;
  /** Requests in place of the global `fetch`, through a proxy for example. */
  fetch?: (request: Request) => Promise<Response>;
  /** How often a request is sent at most; 5 by default. */
  maxAttempts?: number;
};

/** Requests by method and path (`GET`, `POST`, ...), typed by the API document, and lists item by item. */
export type Muster = Pick<Client<paths, "application/json">, "GET" | "POST" | "PUT" | "PATCH" | "DELETE"> & {
  /** All items of a list. The next page is read when the last item of a page was taken. Throws `MusterError`. */
  items<Path extends ListPath>(path: Path, query?: ListQuery<Path>): AsyncGenerator<ListItem<Path>, void>;
};

/**
 * A client of a Muster server. A request that is answered 429 or 503 is sent again after the time that the server names, when repeating it is
 * safe: reads, PUT, DELETE, and a POST with an idempotency key.
 */
export function createMuster({
  url,
  apiKey,
  fetch = globalThis.fetch,
  maxAttempts = 5,
}: MusterOptions): Muster {
  const client = createClient<paths, "application/json">({
    baseUrl: url.replace(/\/+$/, ""),
    headers: { authorization: `Bearer ${apiKey}` },
    fetch: createRetryingFetch({ fetch, maxAttempts }),
  });
  const { GET, POST, PUT, PATCH, DELETE } = client;
  return { GET, POST, PUT, PATCH, DELETE, items: (path, query) => readItems(GET, path, query) };
}
