export type JsonSchema = Record<string, unknown>;

/** What the document says about schemas beyond their shape. */
export type SchemaTexts = {
  /** By path: "Device", "Device.metrics.cpu". */
  descriptions: Readonly<Record<string, string>>;
  /** By path, or by the name of a property wherever it is: "hostname". */
  examples: Readonly<Record<string, unknown>>;
};

const INSTANT_EXAMPLE = "2026-11-30T09:00:00.000Z";

/**
 * Adds the description and an example to a schema and to each of its properties. `name` is the name of the schema; one that is a variant
 * of another also has the texts of that one, `base`.
 */
export function addTexts(schema: JsonSchema, name: string, texts: SchemaTexts, base = name): void {
  const descriptionOf = (path: string) =>
    texts.descriptions[`${name}${path}`] ?? texts.descriptions[`${base}${path}`];
  const describe = (described: JsonSchema, path: string, property: string) => {
    described["description"] ??= descriptionOf(path);
    if (described["description"] === undefined) delete described["description"];
    const example = exampleOf(described, texts.examples, {
      paths: [`${name}${path}`, `${base}${path}`],
      name: property,
    });
    if (example !== undefined) described["examples"] = [example];
  };
  describe(schema, "", name);
  visitProperties(schema, "", describe);
}

/**
 * The example for a schema: by its path, else a value that the schema names itself, else by the name of the property. Undefined when there is
 * none, and for what is composed of parts that have their own.
 */
export function exampleOf(
  schema: JsonSchema,
  examples: SchemaTexts["examples"],
  { paths, name }: { paths: readonly string[]; name: string },
): unknown {
  if (schema["examples"] !== undefined) return undefined;
  const path = paths.find((candidate) => candidate in examples);
  if (path !== undefined) return examples[path];
  return isComposed(schema) ? undefined : (namedValueOf(schema) ?? examples[name]);
}

/** True for what is an object with fields of its own, or a list or choice of such: its fields have the examples. */
function isComposed({ $ref, properties, items, anyOf, oneOf }: JsonSchema): boolean {
  const inner = [items, anyOf, oneOf].flat().filter(isSchema);
  return $ref !== undefined || properties !== undefined || inner.some(isComposed);
}

function namedValueOf({
  const: only,
  enum: choices,
  default: preset,
  type,
  format,
  items,
  anyOf,
}: JsonSchema): unknown {
  if (only !== undefined) return only;
  if (Array.isArray(choices)) return choices[0];
  if (typeof preset === "number" || typeof preset === "boolean") return preset;
  if (type === "boolean") return true;
  if (format === "date-time") return INSTANT_EXAMPLE;
  if (Array.isArray(anyOf))
    return anyOf
      .filter(isSchema)
      .map(namedValueOf)
      .find((value) => value !== undefined);
  const item = isSchema(items) ? namedValueOf(items) : undefined;
  return item === undefined ? undefined : [item];
}

/** Calls `visit` with every property at any depth, its path below the schema, ".metrics.cpu", and its name. References are not followed. */
export function visitProperties(
  schema: JsonSchema,
  path: string,
  visit: (property: JsonSchema, path: string, name: string) => void,
): void {
  for (const [name, property] of Object.entries(asSchema(schema["properties"]))) {
    if (!isSchema(property)) continue;
    visit(property, `${path}.${name}`, name);
    visitProperties(property, `${path}.${name}`, visit);
  }
  const unions = [schema["anyOf"], schema["oneOf"], schema["allOf"]].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  for (const inner of [schema["items"], schema["additionalProperties"], ...unions])
    if (isSchema(inner)) visitProperties(inner, path, visit);
}

function asSchema(value: unknown): JsonSchema {
  return isSchema(value) ? value : {};
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
