import { z } from "zod";

type JsonSchema = Record<string, unknown>;
type Direction = "input" | "output";
type CollectedSchemas = {
  schemas: Map<string, JsonSchema>;
  uses: { schema: JsonSchema; direction: Direction }[];
};

const DEFINITIONS_PREFIX = "#/$defs/";
const COMPONENTS_PREFIX = "#/components/schemas/";

export type SchemaCollector = {
  /** The schema as it appears in the document: a reference when it has a name. Complete only after `components`. */
  describe(schema: z.ZodType, direction: Direction): JsonSchema;
  /** All named schemas. One whose input differs from its output (by defaults, for example) appears twice, as `Name` and `NameInput`. */
  components(): Record<string, JsonSchema>;
};

/** Collects schemas as JSON Schema 2020-12, as OpenAPI 3.1 needs them. Those in `names` become components. */
export function createSchemaCollector(names: Readonly<Record<string, z.ZodType>>): SchemaCollector {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(names)) if (!registry.has(schema)) registry.add(schema, { id });
  const collected: Record<Direction, CollectedSchemas> = {
    input: { schemas: new Map(), uses: [] },
    output: { schemas: new Map(), uses: [] },
  };

  function describe(schema: z.ZodType, direction: Direction): JsonSchema {
    const { schemas, uses } = collected[direction];
    const { $schema: _version, $defs = {}, ...used } = toJsonSchema(schema, registry, direction);
    for (const [name, definition] of Object.entries($defs)) schemas.set(name, definition);
    uses.push({ schema: used, direction });
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
        named[nameOf(name, direction)] = schema;
      }
      for (const use of uses) rewriteReferences(use.schema, (used) => nameOf(used, direction));
    }
    return Object.fromEntries(Object.entries(named).toSorted(([a], [b]) => a.localeCompare(b)));
  }

  return { describe, components };
}

function toJsonSchema(schema: z.ZodType, registry: z.core.$ZodRegistry<{ id: string }>, io: Direction) {
  return z.toJSONSchema(schema, {
    io,
    metadata: registry,
    target: "draft-2020-12",
    // What JSON Schema cannot express, such as a transform, accepts anything.
    unrepresentable: "any",
    override({ jsonSchema }) {
      // Later versions may add fields to an answer, so clients must accept them.
      if (io === "output" && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
    },
  });
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

/** Rewrites every reference inside `value` to a component of the document. */
function rewriteReferences(value: unknown, nameOf: (name: string) => string): void {
  if (typeof value !== "object" || value === null) return;
  if ("$ref" in value && typeof value.$ref === "string" && value.$ref.startsWith(DEFINITIONS_PREFIX)) {
    value.$ref = COMPONENTS_PREFIX + nameOf(value.$ref.slice(DEFINITIONS_PREFIX.length));
  }
  for (const inner of Object.values(value)) rewriteReferences(inner, nameOf);
}
