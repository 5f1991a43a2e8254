import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { unchangedTexts } from "@muster/shared/contracts/text.ts";
import { rolldown } from "rolldown";
import { z } from "zod";

export type UnknownFields =
  /** Removed from the value, whatever the schema says: a newer program may have more fields. */
  | "removed"
  /** As the schema says. */
  | "by-schema";

const ENTRY = "validators";
/** A keyword that ajv does not know, and therefore refuses. */
const INEXPRESSIBLE = "rule that JSON Schema cannot express";

/**
 * Compiles schemas to a JavaScript module without imports that exports `isName` for each of them. A validator accepts what zod accepts
 * and returns unchanged. Throws for a schema with a rule that JSON Schema cannot express.
 */
export async function compileValidators(
  schemas: Readonly<Record<string, z.ZodType>>,
  unknownFields: UnknownFields,
): Promise<string> {
  const ajv = new Ajv({
    strict: true,
    strictTypes: false,
    messages: false,
    allErrors: false,
    removeAdditional: unknownFields === "removed",
    code: { source: true, esm: true, lines: false, optimize: 2 },
  });
  const names = Object.keys(schemas).map((name) => [`is${name}`, name]);
  for (const [name, schema] of Object.entries(schemas))
    ajv.addSchema(jsonSchemaOf(schema, unknownFields), name);
  return bundle(standalone.default(ajv, Object.fromEntries(names)));
}

function jsonSchemaOf(schema: z.ZodType, unknownFields: UnknownFields) {
  return z.toJSONSchema(schema, {
    target: "draft-07",
    // In the form of an output, an object without more rules forbids unknown fields: ajv removes what is forbidden.
    io: unknownFields === "removed" ? "output" : "input",
    override({ zodSchema, jsonSchema }) {
      // What a schema was extended from comes first and hands its keywords on; `get` hands on too, `has` does not.
      if (unchangedTexts.has(zodSchema))
        Object.assign(jsonSchema, unchangedTexts.get(zodSchema), { [INEXPRESSIBLE]: undefined });
      else if (!isExpressible(zodSchema)) jsonSchema[INEXPRESSIBLE] = true;
    },
  });
}

/** False for a schema with a custom rule, and for one that changes the value. */
function isExpressible({ _zod: { def } }: z.core.$ZodType): boolean {
  if (["default", "prefault", "catch", "transform", "pipe"].includes(def.type)) return false;
  const checks = def.checks ?? [];
  return checks.every((check) => !["custom", "overwrite"].includes(check._zod.def.check));
}

/** With the few functions of ajv that the code needs, which ajv requires as CommonJS. */
async function bundle(code: string): Promise<string> {
  const build = await rolldown({
    input: ENTRY,
    platform: "neutral",
    plugins: [
      {
        name: "validators",
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? code : null),
      },
    ],
  });
  const { output } = await build.generate({ format: "esm", minify: true });
  await build.close();
  return output[0].code;
}
