import { Report } from "@muster/shared/contracts/report.ts";
import { lineCheckOf } from "@muster/shared/contracts/text.ts";
import { Ajv } from "ajv";
import { z } from "zod";
import { parseInput } from "../../platform/http/parse-input.ts";

const LEAF_KEYWORD = "parsesUnchanged";

const isReport = compileSchema(Report);

/** Reads a report from parsed JSON. Throws `bad-request` with the wrong fields. A valid report is not parsed by zod. */
export function readReport(json: unknown): Report {
  return isReport(json) ? json : parseInput(Report, json, "body");
}

/**
 * Compiles a schema to a check for the hot path: true only if zod accepts the input and returns it unchanged. If it is false, zod has
 * to decide. Strings with rules that JSON Schema cannot express (trimming, forbidden characters) are checked by their zod schema.
 */
export function compileSchema<Schema extends z.ZodType>(
  schema: Schema,
): (input: unknown) => input is z.output<Schema> {
  const leaves: z.core.$ZodType[] = [];
  const jsonSchema = z.toJSONSchema(schema, {
    target: "draft-07",
    io: "input",
    override({ zodSchema, jsonSchema: node }) {
      if (isExpressible(zodSchema)) return;
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

/** False for a schema with a check that JSON Schema cannot express: a custom refinement, or one that changes the value. */
function isExpressible(schema: z.core.$ZodType): boolean {
  const checks = schema._zod.def.checks ?? [];
  return checks.every(({ _zod: { def } }) => def.check !== "custom" && def.check !== "overwrite");
}

function parsesUnchanged(schema: z.core.$ZodType | undefined, value: unknown): boolean {
  if (!schema) return false;
  if (lineCheckOf(schema)?.(value)) return true;
  const parsed = z.core.safeParse(schema, value);
  return parsed.success && parsed.data === value;
}
