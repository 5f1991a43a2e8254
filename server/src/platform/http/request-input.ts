import type { IncomingRequest } from "./incoming-request.ts";
import { parseInput, readQuery, assertStorableText, strictSchema } from "./parse-input.ts";
import { checkBodyHeaders, inflateBody, readJson } from "./request-body.ts";
import { measureWorkFor } from "../work-meter.ts";
import type { WorkAccount } from "./request-limits.ts";
import type { RouteDefinition } from "./route.ts";
import { assertFewFields } from "./unknown-fields.ts";

/** Maximum size of a body, unless the route sets another. */
export const DEFAULT_MAX_BODY_BYTES = 65_536;

/** Reads and parses the parts that the definition declares; the others are undefined. */
export function createInputReader(definition: RouteDefinition) {
  const {
    params,
    query,
    body,
    readBody,
    maxBodyBytes = DEFAULT_MAX_BODY_BYTES,
    acceptsCompressed = false,
    maxBodyFields,
  } = definition;
  const querySchema = query && strictSchema(query);

  async function readDeclaredBody(request: IncomingRequest, account: WorkAccount): Promise<unknown> {
    if (!body) return undefined;
    const contentEncoding = request.header("content-encoding");
    checkBodyHeaders(
      {
        // Legacy clients send no content type.
        contentType: definition.wire ? "application/json" : request.header("content-type"),
        contentLength: request.header("content-length"),
        contentEncoding,
      },
      { maxBytes: maxBodyBytes, acceptsCompressed },
    );
    const received = await request.readBytes(maxBodyBytes);
    // Other requests of the caller may have run up a debt while this body arrived.
    account.addBytes(received.length);
    account.requireCredit();
    const bytes = contentEncoding ? await inflateBody(received, contentEncoding, maxBodyBytes) : received;
    if (bytes !== received) {
      account.addBytes(bytes.length - received.length);
      account.requireCredit();
    }
    return measureWorkFor(account, () => {
      if (maxBodyFields !== undefined) assertFewFields(bytes, maxBodyFields);
      const json = readJson(bytes);
      return readBody ? readBody(json, bytes) : parseInput(body, json, "body");
    });
  }

  return async (request: IncomingRequest, account: WorkAccount) => {
    if (params) assertStorableText(request.params, "path");
    return {
      params: params && parseInput(params, request.params, "path"),
      query: querySchema && parseInput(querySchema, readQuery(request.search), "query"),
      body: await readDeclaredBody(request, account),
    };
  };
}
