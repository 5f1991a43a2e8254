import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { z } from "zod";
import { acceptsEncoding } from "../http/accept-encoding.ts";
import { type Route, route } from "../http/route.ts";
import { ASSET_HEADERS, pageHeaders } from "../http/security-headers.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type PageFile = { type: string; plain: Bytes; gzipped: Bytes };

const require = createRequire(import.meta.url);
const ownFile = (name: string) => path.join(import.meta.dirname, "api-page", name);
const TYPES = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8" } as const;

/** The files of the page beside its HTML, by name. Those of Swagger UI are found when the page is first opened. */
const FILES = {
  "api-page.css": { type: TYPES.css, find: () => ownFile("api-page.css") },
  "start-page.js": { type: TYPES.js, find: () => ownFile("start-page.js") },
  "swagger-ui.css": { type: TYPES.css, find: () => require.resolve("swagger-ui-dist/swagger-ui.css") },
  "swagger-ui-bundle.js": {
    type: TYPES.js,
    find: () => require.resolve("swagger-ui-dist/swagger-ui-bundle.js"),
  },
} as const;
type FileName = keyof typeof FILES;
const FileName = z.enum(["api-page.css", "start-page.js", "swagger-ui.css", "swagger-ui-bundle.js"]);

/** Serves a page that shows the OpenAPI document, from this server alone. Its links are relative, so it also works below a path. */
export function createApiPageRoutes(): Route[] {
  const files = new Map<FileName, Promise<PageFile>>();
  const open = (name: FileName): Promise<PageFile> => {
    const opened = files.get(name) ?? readPageFile(name);
    files.set(name, opened);
    return opened;
  };
  const common = { method: "get", group: "Server", access: { by: "public" }, status: 200 } as const;

  return [
    route(
      {
        ...common,
        path: "/api/docs",
        operationId: "getApiPage",
        summary: "Get a page that shows this document",
        answerType: "text/html",
      },
      async ({ context }) =>
        context.html(await readFile(ownFile("api-page.html"), "utf8"), 200, {
          ...pageHeaders(),
          "cache-control": "no-cache",
        }),
    ),
    route(
      {
        ...common,
        path: "/api/docs/{file}",
        operationId: "getApiPageFile",
        summary: "Get a file of the page that shows this document",
        params: z.object({ file: FileName.meta({ description: "Name of the file." }) }),
        answerType: "text/plain",
      },
      async (request) => {
        const { context, params } = request;
        const { type, plain, gzipped } = await open(params.file);
        const isGzipped = acceptsEncoding(request.header("accept-encoding"), "gzip");
        return context.body(isGzipped ? gzipped : plain, 200, {
          ...ASSET_HEADERS,
          "content-type": type,
          "cache-control": "public, max-age=3600",
          vary: "accept-encoding",
          ...(isGzipped && { "content-encoding": "gzip" }),
        });
      },
    ),
  ];
}

async function readPageFile(name: FileName): Promise<PageFile> {
  const { type, find } = FILES[name];
  const plain = await readFile(find());
  return { type, plain: Uint8Array.from(plain), gzipped: Uint8Array.from(await promisify(gzip)(plain)) };
}
