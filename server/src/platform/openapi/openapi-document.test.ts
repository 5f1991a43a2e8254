import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { route } from "../http/route.ts";
import { createOpenApiDocument } from "./openapi-document.ts";

const Id = z.string().regex(/^\d+$/);
const Thing = z.object({ id: Id, size: z.number().default(1) });
const Things = z.object({ items: z.array(Thing) });

const api = createOpenApiDocument({
  version: "1.2.3",
  named: { schemas: { Id, Thing, Things, Unused: z.object({}) } },
  routes: [
    route(
      {
        method: "patch",
        path: "/api/v1/things/{id}/size",
        operationId: "changeSize",
        summary: "Change",
        group: "Things",
        access: { by: "member", role: "operator", scope: "write" },
        params: z.object({ id: Id }),
        query: z.object({ limit: z.coerce.number().int().default(5), sort: z.enum(["a", "b"]) }),
        body: Thing,
        answer: Thing,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["conflict", "enrolment-refused"],
      },
      async () => ({ id: "1", size: 1 }),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/things",
        operationId: "listThings",
        summary: "List",
        group: "Things",
        access: { by: "public" },
        answer: Things,
        status: 200,
        isUnlimited: true,
      },
      async () => ({ items: [] }),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/stream",
        operationId: "streamThings",
        summary: "Hear",
        group: "Things",
        access: { by: "device" },
        answerType: "text/event-stream",
        status: 200,
      },
      async () => {},
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/things/{id}/size",
        operationId: "removeSize",
        summary: "Remove",
        group: "Things",
        access: { by: "session", role: "admin" },
        params: z.object({ id: Id }),
        status: 204,
      },
      async () => {},
    ),
  ],
});

// As a client reads it.
const document = JSON.parse(JSON.stringify(api));

describe("describeApi", () => {
  it("creates a document that is valid OpenAPI 3.1", async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1/);
  });

  it("describes every method of a path, with parameters, rights and errors", () => {
    const { patch, delete: remove } = document.paths["/api/v1/things/{id}/size"];
    expect(remove.operationId).toBe("removeSize");
    expect(patch.parameters).toEqual([
      {
        name: "id",
        in: "path",
        required: true,
        description: "Id of the thing.",
        schema: { type: "string", pattern: "^\\d+$" },
      },
      {
        name: "limit",
        in: "query",
        required: false,
        schema: expect.objectContaining({ type: "integer", default: 5 }),
      },
      {
        name: "sort",
        in: "query",
        required: true,
        schema: { type: "string", enum: ["a", "b"] },
        example: "a",
      },
      expect.objectContaining({ name: "If-Match", in: "header", required: false }),
    ]);
    expect(patch.responses[200].headers.ETag.example).toBe('"3"');
    expect(patch.responses[412].headers.ETag.example).toBe('"3"');
    expect(patch.security).toEqual([{ session: [] }, { apiKey: [] }]);
    expect(patch.description).toBe("Minimum role: operator. Scope of an API key: write.");
    expect(Object.keys(patch.responses)).toEqual([
      "200",
      "400",
      "401",
      "403",
      "404",
      "409",
      "412",
      "413",
      "415",
      "428",
      "429",
      "500",
      "503",
    ]);
    expect(patch.responses[403].description).toMatch(/^- `forbidden`: .+\.\n- `enrolment-refused`: .+\.$/);
    expect(Object.keys(patch.responses[403].content["application/json"].examples)).toEqual([
      "forbidden",
      "enrolment-refused",
    ]);
    expect(Object.keys(remove.responses)).not.toContain("413");
    expect(remove.responses[204]).toEqual({ description: "Done, without a body" });
  });

  it("names shared schemas, separately where reading and writing differ", () => {
    const { schemas } = document.components;
    expect(Object.keys(schemas)).toEqual(["ErrorBody", "Id", "Thing", "ThingInput", "Things"]);
    expect(schemas.Thing.required).toEqual(["id", "size"]);
    expect(schemas.ThingInput.required).toEqual(["id"]);
    expect(schemas.Things.properties.items.items).toEqual({ $ref: "#/components/schemas/Thing" });
    const { patch } = document.paths["/api/v1/things/{id}/size"];
    expect(patch.requestBody.content["application/json"].schema).toEqual({
      $ref: "#/components/schemas/ThingInput",
    });
    expect(patch.responses[200].content["application/json"].schema).toEqual({
      $ref: "#/components/schemas/Thing",
    });
  });

  it("allows answers to get more fields over time", () => {
    expect(JSON.stringify(document)).not.toContain("additionalProperties");
  });

  it("describes answers that are not JSON", () => {
    expect(document.paths["/api/v1/stream"].get.responses[200].content).toEqual({
      "text/event-stream": { schema: { type: "string" } },
    });
  });
});
