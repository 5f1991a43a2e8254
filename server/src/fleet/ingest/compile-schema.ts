import { Ajv } from "ajv";
import { z } from "zod";

const LEAF_KEYWORD = "parsesUnchanged";

/**
 * Compiles a schema to a check for the hot path: true only where zod accepts the input and gives it back unchanged. Where it
 * is false zod has to decide. Strings with rules that JSON Schema cannot say (trimming, forbidden characters) are put to their
 * own zod schema.
 */
export function compileSchema<Schema extends z.ZodType>(
  schema: Schema,
): (input: unknown) => input is z.output<Schema> {
  const leaves: z.core.$ZodType[] = [];
  const jsonSchema = z.toJSONSchema(schema, {
    target: "draft-07",
    io: "input",
    override({ zodSchema, jsonSchema: node }) {
      if (jsonSchemaSays(zodSchema)) return;
      node[LEAF_KEYWORD] = leaves.length;
      leaves.push(zodSchema);
    },
  });
  const ajv = new Ajv({ strict: true, strictTypes: false, code: { optimize: 2 } });
  ajv.addKeyword({
    keyword: LEAF_KEYWORD,
    schemaType: "number",
    validate: (index: number, value: unknown) => parsesUnchanged(leaves[index], value),
  });
  return ajv.compile<z.output<Schema>>(jsonSchema);
}

/** False for a schema with a check that has no JSON Schema: a refinement of one's own, or one that changes the value. */
function jsonSchemaSays(schema: z.core.$ZodType): boolean {
  const checks = schema._zod.def.checks ?? [];
  return checks.every(({ _zod: { def } }) => def.check !== "custom" && def.check !== "overwrite");
}

function parsesUnchanged(schema: z.core.$ZodType | undefined, value: unknown): boolean {
  if (!schema) return false;
  const parsed = z.core.safeParse(schema, value);
  return parsed.success && parsed.data === value;
}
