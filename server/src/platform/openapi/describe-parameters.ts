import { z } from "zod";
import type { RouteDefinition } from "../http/route.ts";
import type { SchemaCollector } from "./schema-collector.ts";
import { exampleOf, type JsonSchema, type SchemaTexts } from "./schema-texts.ts";

/** The parameters of a route, in its path and its query. */
export function describeParameters(
  { path, params, query }: RouteDefinition,
  schemas: SchemaCollector,
  texts: SchemaTexts,
): JsonSchema[] {
  const ofPath = parametersOf(params).map(({ name, part }) => {
    const described = describeParameter(name, part, { in: "path", texts });
    return { ...described, required: true, description: described["description"] ?? describeId(path, name) };
  });
  const owner = query && schemas.nameOf(query);
  const ofQuery = parametersOf(query).map(({ name, part }) => ({
    ...describeParameter(name, part, { in: "query", texts, owner }),
    required: !z.safeParse(part, undefined).success,
  }));
  return [...ofPath, ...ofQuery];
}

function parametersOf(schema: z.ZodType | undefined): { name: string; part: z.ZodType }[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(schema.shape).map(([name, part]) => ({ name, part }));
}

type ParameterPlace = { in: "path" | "query"; texts: SchemaTexts; owner?: string | undefined };

/** By the output of its schema: a number, for example, where the query string has digits. */
function describeParameter(name: string, part: z.ZodType, place: ParameterPlace): JsonSchema {
  const { $schema: _version, ...schema } = z.toJSONSchema(part, { io: "output", unrepresentable: "any" });
  const key = `${place.owner}.${name}`;
  const { examples: given, ...described } = schema;
  const description = described.description ?? place.texts.descriptions[key];
  delete described.description;
  const example = given?.[0] ?? exampleOf(described, place.texts.examples, { paths: [key], name });
  return {
    name,
    in: place.in,
    ...(description !== undefined && { description }),
    ...(described.type === "array" && { style: "form", explode: true }),
    schema: described,
    ...(example !== undefined && { example }),
  };
}

/** `id` in `/api/v1/enrolment-tokens/{id}` is the "Id of the enrolment token.". */
function describeId(path: string, name: string): string | undefined {
  const collection = name === "id" ? /([^/]+)\/\{id\}/.exec(path)?.[1] : undefined;
  return collection && `Id of the ${collection.replace(/(?<=ch)es$|s$/, "").replaceAll("-", " ")}.`;
}
