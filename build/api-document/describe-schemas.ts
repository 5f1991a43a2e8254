import path from "node:path";
import { namedSchemas } from "../../server/src/api-schemas.ts";
import { createSchemaCollector } from "../../server/src/platform/openapi/schema-collector.ts";
import { visitProperties } from "../../server/src/platform/openapi/schema-texts.ts";
import { readComments } from "./read-comments.ts";

/** The doc comment of everything that the API document can describe, by its path: "Device.metrics.cpu". */
export function describeSchemas(root: string): Record<string, string> {
  const comments = readComments(root, path.join(root, "server", "src", "api-schemas.ts"));
  const paths = describablePaths();
  const described = [...comments].filter(([at]) => paths.has(at));
  return Object.fromEntries(described.toSorted(([one], [other]) => one.localeCompare(other, "en")));
}

function describablePaths(): Set<string> {
  const { schemas } = namedSchemas;
  const collector = createSchemaCollector({ schemas });
  for (const schema of Object.values(schemas))
    for (const direction of ["output", "input"] as const) collector.describe(schema, direction);
  const paths = new Set(Object.keys(schemas));
  for (const [name, schema] of Object.entries(collector.components()))
    visitProperties(schema, name, (_, at) => paths.add(at));
  return paths;
}
