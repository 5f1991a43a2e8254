import { z } from "zod";
import { honoursIdempotencyKey } from "../idempotency/idempotency.ts";
import type { RouteDefinition } from "../http/route.ts";
import type { SchemaCollector } from "./schema-collector.ts";
import { exampleOf, type JsonSchema, type SchemaTexts } from "./schema-texts.ts";

const IDEMPOTENCY_KEY: JsonSchema = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Any text of your own for this request. For 24 hours the same key with the same request changes nothing again and answers as the first time, so that a request whose answer was lost can be sent again.",
  schema: { type: "string", maxLength: 255, examples: ["2026-11-30-import-17"] },
};

/** The parameters of a route, in its path, its query and its headers. */
export function describeParameters(
  definition: RouteDefinition,
  schemas: SchemaCollector,
  texts: SchemaTexts,
): JsonSchema[] {
  const { path, params, query, access, needsVersion, isConditional } = definition;
  const owner = query && schemas.nameOf(query);
  const ofPath = parametersOf(params).map(({ name, part }) => {
    const described = describeParameter(name, part, { in: "path", isRequired: true, texts });
    return { ...described, description: described["description"] ?? describeId(path, name) };
  });
  const ofQuery = parametersOf(query).map(({ name, part }) => {
    const isRequired = !z.safeParse(part, undefined).success;
    return describeParameter(name, part, { in: "query", isRequired, texts, owner });
  });
  return [
    ...ofPath,
    ...ofQuery,
    ...(needsVersion ? [describeIfMatch(access.by === "session")] : []),
    ...(isConditional ? [IF_NONE_MATCH] : []),
    ...(honoursIdempotencyKey(definition) ? [IDEMPOTENCY_KEY] : []),
  ];
}

function describeIfMatch(isRequired: boolean): JsonSchema {
  const whoSends = isRequired
    ? ""
    : " A session has to send it; an API key may leave it out, and then changes any version.";
  return {
    name: "If-Match",
    in: "header",
    required: isRequired,
    description: `The version that the change is based on: the \`ETag\` of the answer, which is its \`version\` in quotation marks, or \`*\` for any.${whoSends}`,
    schema: { type: "string", ...(!isRequired && { examples: ['"3"'] }) },
    ...(isRequired && { example: '"3"' }),
  };
}

const IF_NONE_MATCH: JsonSchema = {
  name: "If-None-Match",
  in: "header",
  required: false,
  description: "The `ETag` of an earlier answer: what has not changed since is answered 304, without a body.",
  schema: { type: "string", examples: ['"3"'] },
};

function parametersOf(schema: z.ZodType | undefined): { name: string; part: z.ZodType }[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(schema.shape).map(([name, part]) => ({ name, part }));
}

type ParameterPlace = {
  in: "path" | "query";
  isRequired: boolean;
  texts: SchemaTexts;
  /** The name of the schema that it is a property of. */
  owner?: string | undefined;
};

/**
 * By the output of its schema: a number, for example, where the query string has digits. Swagger UI sends an `example` unless it is cleared,
 * so that only what must be sent has one; the schema has it otherwise.
 */
function describeParameter(name: string, part: z.ZodType, place: ParameterPlace): JsonSchema {
  const { $schema: _version, examples: given, description: own, ...schema } = toJsonSchema(part);
  const key = `${place.owner}.${name}`;
  const description = own ?? place.texts.descriptions[key];
  const example = given?.[0] ?? exampleOf(schema, place.texts.examples, { paths: [key], name });
  return {
    name,
    in: place.in,
    required: place.isRequired,
    ...(description !== undefined && { description }),
    ...(schema.type === "array" && { style: "form", explode: true }),
    schema: { ...schema, ...(example !== undefined && !place.isRequired && { examples: [example] }) },
    ...(example !== undefined && place.isRequired && { example }),
  };
}

function toJsonSchema(part: z.ZodType) {
  return z.toJSONSchema(part, { io: "output", unrepresentable: "any" });
}

/** `id` in `/api/v1/enrolment-tokens/{id}` is the "Id of the enrolment token.". */
function describeId(path: string, name: string): string | undefined {
  const collection = name === "id" ? /([^/]+)\/\{id\}/.exec(path)?.[1] : undefined;
  return collection && `Id of the ${collection.replace(/(?<=ch)es$|s$/, "").replaceAll("-", " ")}.`;
}
