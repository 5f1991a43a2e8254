import type { IncomingRequest } from "./incoming-request.ts";
import { parseInput, readQuery, assertStorableText, strictSchema } from "./parse-input.ts";
import { checkBodyHeaders, inflateBody, readJson } from "./request-body.ts";
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

  async function readDeclaredBody(request: IncomingRequest): Promise<unknown> {
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
    const bytes = await request.readBytes(maxBodyBytes);
    const plain = contentEncoding ? await inflateBody(bytes, contentEncoding, maxBodyBytes) : bytes;
    if (maxBodyFields !== undefined) assertFewFields(plain, maxBodyFields);
    const json = readJson(plain);
    return readBody ? readBody(json, plain) : parseInput(body, json, "body");
  }

  return async (request: IncomingRequest) => {
    if (params) assertStorableText(request.params, "path");
    return {
      params: params && parseInput(params, request.params, "path"),
      query: querySchema && parseInput(querySchema, readQuery(request.search), "query"),
      body: await readDeclaredBody(request),
    };
  };
}
