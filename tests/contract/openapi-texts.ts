import { Ajv2020 } from "ajv/dist/2020.js";

type Json = Record<string, unknown>;
type Described = { at: string; pointer: string; schema: Json };
export type ApiDocument = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
};
export type Operation = {
  operationId: string;
  parameters: { name: string; description?: string; example?: unknown; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: Json; examples?: Json }> }
  >;
};

/** What a person who reads the document misses: schemas, properties and parameters without a description or an example. */
export function findMissingTexts(document: ApiDocument): string[] {
  const { schemas } = document.components;
  const described = listSchemas(document);
  const isDescribed = (schema: Json): boolean =>
    "description" in schema || partsOf(schema).some(isDescribed) || isDescribedElsewhere(schema);
  const isDescribedElsewhere = ({ $ref }: Json) =>
    typeof $ref === "string" && "description" in targetOf($ref);
  const targetOf = ($ref: string) => schemas[$ref.split("/").at(-1) ?? ""] ?? {};
  const hasExample = (schema: Json): boolean =>
    "examples" in schema || "$ref" in schema || "properties" in schema || partsOf(schema).some(hasExample);
  const parameters = operationsOf(document).flatMap(({ operationId, parameters: list }) =>
    list.map((parameter) => ({ ...parameter, at: `${operationId}(${parameter.name})` })),
  );
  return [
    ...described.filter(({ schema }) => !isDescribed(schema)).map(({ at }) => `${at} has no description`),
    ...described.filter(({ schema }) => !hasExample(schema)).map(({ at }) => `${at} has no example`),
    ...parameters.filter(({ description }) => !description).map(({ at }) => `${at} has no description`),
    ...parameters
      .filter((parameter) => exampleOf(parameter) === undefined)
      .map(({ at }) => `${at} has no example`),
  ];
}

/** Every example that its own schema rejects, with the reason. */
export function findWrongExamples(document: ApiDocument): string[] {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, "api");
  const check = (at: string, pointer: string, example: unknown) => {
    const isValid = ajv.compile({ $ref: `api#${pointer}` });
    return isValid(example) ? [] : [`${at}: ${JSON.stringify(example)} ${ajv.errorsText(isValid.errors)}`];
  };
  const ofSchemas = listSchemas(document).flatMap(({ at, pointer, schema }) =>
    (Array.isArray(schema["examples"]) ? schema["examples"] : []).flatMap((example) =>
      check(at, pointer, example),
    ),
  );
  const ofParameters = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId, parameters }]) =>
      parameters.flatMap((parameter, index) =>
        check(
          `${operationId}(${parameter.name})`,
          pointerTo("paths", path, method, "parameters", index, "schema"),
          exampleOf(parameter),
        ),
      ),
    ),
  );
  return [...ofSchemas, ...ofParameters];
}

/** Of the parameter when it must be sent, else of its schema. */
function exampleOf({ example, schema }: Operation["parameters"][number]): unknown {
  return example ?? [schema["examples"]].flat()[0];
}

export function operationsOf({ paths }: ApiDocument): Operation[] {
  return Object.values(paths).flatMap((methods) => Object.values(methods));
}

/** The named schemas and those of bodies, with every property at any depth. */
function listSchemas({ components, paths }: ApiDocument): Described[] {
  const named = Object.entries(components.schemas).flatMap(([name, schema]) => [
    { at: name, pointer: pointerTo("components", "schemas", name), schema },
    ...propertiesOf(schema, name, pointerTo("components", "schemas", name)),
  ]);
  const inline = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId, requestBody, responses }]) => {
      const bodies = [
        { content: requestBody?.content, at: ["requestBody"] },
        ...Object.entries(responses).map(([status, { content }]) => ({ content, at: ["responses", status] })),
      ];
      return bodies.flatMap(({ content, at }) =>
        Object.entries(content ?? {}).flatMap(([type, { schema }]) =>
          propertiesOf(
            schema,
            operationId,
            pointerTo("paths", path, method, ...at, "content", type, "schema"),
          ),
        ),
      );
    }),
  );
  return [...named, ...inline];
}

function propertiesOf(schema: Json, at: string, pointer: string): Described[] {
  const own = Object.entries(schema["properties"] ?? {}).flatMap(([name, property]) => {
    const below = `${pointer}${pointerTo("properties", name)}`;
    if (!isJson(property)) return [];
    return [
      { at: `${at}.${name}`, pointer: below, schema: property },
      ...propertiesOf(property, `${at}.${name}`, below),
    ];
  });
  const parts = ["items", "additionalProperties", "anyOf", "oneOf"].flatMap((key) =>
    [schema[key]].flat().flatMap((part, index) => {
      const below = Array.isArray(schema[key]) ? pointerTo(key, index) : pointerTo(key);
      return isJson(part) ? propertiesOf(part, at, `${pointer}${below}`) : [];
    }),
  );
  return [...own, ...parts];
}

/** What a schema is composed of besides its properties. */
function partsOf({ items, additionalProperties, anyOf, oneOf }: Json): Json[] {
  return [items, additionalProperties, anyOf, oneOf].flat().filter(isJson);
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pointerTo(...parts: (string | number)[]): string {
  return parts
    .map((part) => `/${encodeURIComponent(String(part).replaceAll("~", "~0").replaceAll("/", "~1"))}`)
    .join("");
}
