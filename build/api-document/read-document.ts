import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { namedSchemas } from "../../server/src/api-schemas.ts";
import { compose } from "../../server/src/compose.ts";
import { systemClock } from "../../server/src/platform/clock.ts";
import { loadConfiguration } from "../../server/src/platform/config/load-configuration.ts";
import { createOpenApiDocument } from "../../server/src/platform/openapi/openapi-document.ts";

/**
 * The OpenAPI document of the routes of a server that has a database in a temporary folder and does not listen, with `descriptions` in place
 * of the generated ones.
 */
export async function readDocument(descriptions: Readonly<Record<string, string>>): Promise<unknown> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "muster-api-"));
  try {
    const server = await compose({
      configuration: loadConfiguration({ MUSTER_DATA_DIR: dataDir, NODE_ENV: "test" }),
      port: 8080,
      publicUrl: "http://localhost:8080",
      version: "0.0.0",
      log: pino({ level: "silent" }),
      clock: systemClock,
    });
    await server.close();
    const named = { ...namedSchemas, texts: { examples: {}, ...namedSchemas.texts, descriptions } };
    const document = createOpenApiDocument({ routes: server.routes, named, version: "0.0.0" });
    return JSON.parse(JSON.stringify(document));
  } finally {
    await rm(dataDir, { recursive: true });
  }
}
