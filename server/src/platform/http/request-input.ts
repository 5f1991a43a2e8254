import type { z } from "zod";
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

  function checkHeaders({ header }: IncomingRequest): void {
    checkBodyHeaders(
      {
        // Legacy clients send no content type.
        contentType: definition.wire ? "application/json" : header("content-type"),
        contentLength: header("content-length"),
        contentEncoding: header("content-encoding"),
      },
      { maxBytes: maxBodyBytes, acceptsCompressed },
    );
  }

  function parseBody(schema: z.ZodType, bytes: Buffer): unknown {
    if (maxBodyFields !== undefined) assertFewFields(bytes, maxBodyFields);
    const json = readJson(bytes);
    return readBody ? readBody(json, bytes) : parseInput(schema, json, "body");
  }

  return async (request: IncomingRequest, account: WorkAccount) => {
    if (params) assertStorableText(request.params, "path");
    const input = {
      params: params && parseInput(params, request.params, "path"),
      query: querySchema && parseInput(querySchema, readQuery(request.search), "query"),
      body: undefined as unknown,
    };
    if (!body) return input;
    checkHeaders(request);
    let bytes = await request.readBytes(maxBodyBytes);
    account.addBytes(bytes.length);
    // Other requests of the caller may have run up a debt while this body arrived.
    account.requireCredit();
    const encoding = request.header("content-encoding");
    if (encoding !== undefined) {
      const receivedBytes = bytes.length;
      bytes = await inflateBody(bytes, encoding, maxBodyBytes);
      account.addBytes(bytes.length - receivedBytes);
      account.requireCredit();
    }
    input.body = measureWorkFor(account, () => parseBody(body, bytes));
    return input;
  };
}
