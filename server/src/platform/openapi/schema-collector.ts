import { z } from "zod";
import { addTexts, isSchema, type JsonSchema, type SchemaTexts } from "./schema-texts.ts";

type Direction = "input" | "output";
type CollectedSchemas = {
  schemas: Map<string, JsonSchema>;
  uses: { schema: JsonSchema; direction: Direction }[];
};

const DEFINITIONS_PREFIX = "#/$defs/";
const COMPONENTS_PREFIX = "#/components/schemas/";

export type SchemaCollector = {
  /** The name of a schema, or of the one that it is a default or an optional form of. */
  nameOf(schema: z.ZodType): string | undefined;
  /** The schema as it appears in the document: a reference when it has a name. Complete only after `components`. */
  describe(schema: z.ZodType, direction: Direction): JsonSchema;
  /** All named schemas. One whose input differs from its output (by defaults, for example) appears twice, as `Name` and `NameInput`. */
  components(): Record<string, JsonSchema>;
};

/** A schema that the document shows as one of several, which the value of one field tells apart. */
export type Variants = {
  field: string;
  schemas: Readonly<Record<string, { name: string; schema: z.ZodType }>>;
};

export type NamedSchemas = {
  /** Those that become components. */
  schemas: Readonly<Record<string, z.ZodType>>;
  /** By the name of the schema that they replace. */
  variants?: Readonly<Record<string, Variants>>;
  texts?: SchemaTexts;
};

/** Collects schemas as JSON Schema 2020-12, as OpenAPI 3.1 needs them. */
export function createSchemaCollector({
  schemas: names,
  variants = {},
  texts = { descriptions: {}, examples: {} },
}: NamedSchemas): SchemaCollector {
  const registry = z.registry<{ id: string }>();
  const bases = new Map<string, string>();
  for (const [id, schema] of Object.entries(names)) if (!registry.has(schema)) registry.add(schema, { id });
  for (const [base, { schemas }] of Object.entries(variants)) {
    for (const { name, schema } of Object.values(schemas)) {
      registry.add(schema, { id: name });
      bases.set(name, base);
    }
  }
  const collected: Record<Direction, CollectedSchemas> = {
    input: { schemas: new Map(), uses: [] },
    output: { schemas: new Map(), uses: [] },
  };

  function describe(schema: z.ZodType, direction: Direction): JsonSchema {
    const used = collect(schema, direction);
    collected[direction].uses.push({ schema: used, direction });
    return used;
  }

  function collect(schema: z.ZodType, direction: Direction): JsonSchema {
    const { schemas } = collected[direction];
    const { $schema: _version, $defs = {}, ...used } = toJsonSchema(schema, registry, direction);
    for (const [name, definition] of Object.entries($defs)) {
      if (schemas.has(name)) continue;
      const replacement = variants[name];
      schemas.set(name, replacement ? asVariants(replacement) : definition);
      for (const variant of Object.values(replacement?.schemas ?? {})) collect(variant.schema, direction);
    }
    return used;
  }

  function components(): Record<string, JsonSchema> {
    const differing = findDiffering(collected.input.schemas, collected.output.schemas);
    const nameOf = (name: string, direction: Direction) =>
      direction === "input" && differing.has(name) ? `${name}Input` : name;
    const named: Record<string, JsonSchema> = {};
    for (const direction of ["output", "input"] as const) {
      const { schemas, uses } = collected[direction];
      for (const [name, schema] of schemas) {
        rewriteReferences(schema, (used) => nameOf(used, direction));
        addTexts(schema, name, texts, bases.get(name));
        named[nameOf(name, direction)] = schema;
      }
      for (const use of uses) rewriteReferences(use.schema, (used) => nameOf(used, direction));
    }
    return Object.fromEntries(Object.entries(named).toSorted(([a], [b]) => a.localeCompare(b)));
  }

  return { nameOf: (schema) => registry.get(schema)?.id, describe, components };
}

function asVariants({ field, schemas }: Variants): JsonSchema {
  const mapping = Object.fromEntries(
    Object.entries(schemas).map(([value, { name }]) => [value, `${DEFINITIONS_PREFIX}${name}`]),
  );
  return {
    oneOf: Object.values(mapping).map(($ref) => ({ $ref })),
    discriminator: { propertyName: field, mapping },
  };
}

function toJsonSchema(schema: z.ZodType, registry: z.core.$ZodRegistry<{ id: string }>, io: Direction) {
  return z.toJSONSchema(schema, {
    io,
    metadata: registry,
    target: "draft-2020-12",
    // What JSON Schema cannot express, such as a transform, accepts anything.
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      addMetadata(jsonSchema, z.globalRegistry.get(zodSchema));
      // Later versions may add fields to an answer, so clients must accept them.
      if (io === "output" && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
    },
  });
}

/** A form's label and hint describe a field where nothing else does. */
function addMetadata(jsonSchema: JsonSchema, metadata: z.core.GlobalMeta = {}): void {
  const { label, hint, description, examples, format } = metadata;
  const text = description ?? (hint === undefined ? label : `${label}. ${hint}`);
  if (text !== undefined) jsonSchema["description"] = text;
  if (examples !== undefined) jsonSchema["examples"] = examples;
  if (format !== undefined) jsonSchema["format"] = format;
}

/** Names whose schema, or one that it uses, differs between the directions. */
function findDiffering(
  input: ReadonlyMap<string, JsonSchema>,
  output: ReadonlyMap<string, JsonSchema>,
): Set<string> {
  const texts = new Map([...input].map(([name, schema]) => [name, JSON.stringify(schema)]));
  const differing = new Set<string>();
  for (const [name, text] of texts) {
    const other = output.get(name);
    if (other && JSON.stringify(other) !== text) differing.add(name);
  }
  for (let before = -1; before < differing.size; ) {
    before = differing.size;
    for (const [name, text] of texts) {
      if (
        [...differing].some((other) => text.includes(`"${DEFINITIONS_PREFIX}${other}"`)) &&
        output.has(name)
      )
        differing.add(name);
    }
  }
  return differing;
}

/** Rewrites every reference inside `value` to a component of the document, also in the mapping of a discriminator. */
function rewriteReferences(value: unknown, nameOf: (name: string) => string): void {
  if (Array.isArray(value)) for (const inner of value) rewriteReferences(inner, nameOf);
  if (!isSchema(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === "string" && inner.startsWith(DEFINITIONS_PREFIX))
      value[key] = COMPONENTS_PREFIX + nameOf(inner.slice(DEFINITIONS_PREFIX.length));
    else rewriteReferences(inner, nameOf);
  }
}
