import { type Route, route } from "../http/route.ts";
import { API_HEADERS } from "../http/security-headers.ts";

/** Serves the document that `describe` returns; it is created once, at the first request. */
export function createOpenApiRoutes({ describe }: { describe: () => Record<string, unknown> }): Route[] {
  let text: string | undefined;
  return [
    route(
      {
        method: "get",
        path: "/api/v1/openapi.json",
        operationId: "getOpenApiDocument",
        summary: "Get the OpenAPI 3.1 document of this API",
        group: "Server",
        access: { by: "public" },
        status: 200,
      },
      async ({ context }) => {
        text ??= JSON.stringify(describe());
        return context.body(text, 200, API_HEADERS);
      },
    ),
  ];
}
