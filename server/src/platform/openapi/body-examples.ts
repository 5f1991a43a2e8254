import { isSchema, type JsonSchema } from "./schema-texts.ts";

/** Fields that exclude another one of the same body, which the example shows instead. */
const EXCLUDED_FIELDS: ReadonlySet<string> = new Set(["filter", "expectedCount"]);
const COMPONENTS_PREFIX = "#/components/schemas/";

/**
 * The examples of a body that is one of several schemas: one for each value of the field that tells them apart, made of the examples of its
 * fields. Undefined for other bodies, of which a reader of the document makes one itself.
 */
export function variantExamples(
  body: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
): Record<string, { value: unknown }> | undefined {
  const { discriminator } = resolve(body, components);
  if (!isSchema(discriminator) || !isSchema(discriminator["mapping"])) return undefined;
  const examples = Object.entries(discriminator["mapping"]).map(([value, $ref]) => [
    value,
    { value: sampleOf({ $ref }, components) },
  ]);
  return Object.fromEntries(examples);
}

function sampleOf(schema: JsonSchema, components: Readonly<Record<string, JsonSchema>>): unknown {
  const { examples, properties, items } = resolve(schema, components);
  if (Array.isArray(examples)) return examples[0];
  if (isSchema(items)) return [sampleOf(items, components)];
  const fields = Object.entries(isSchema(properties) ? properties : {})
    .filter(([name]) => !EXCLUDED_FIELDS.has(name))
    .map(([name, property]) => [name, isSchema(property) ? sampleOf(property, components) : undefined]);
  return Object.fromEntries(fields);
}

function resolve(schema: JsonSchema, components: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { $ref } = schema;
  return typeof $ref === "string" ? (components[$ref.slice(COMPONENTS_PREFIX.length)] ?? {}) : schema;
}
