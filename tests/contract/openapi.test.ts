import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Validator } from "@seriousme/openapi-schema-validator";
import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { NewActions } from "@muster/shared/contracts/action.ts";
import { ErrorBody } from "@muster/shared/errors.ts";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compose, type Server } from "../../server/src/compose.ts";
import { systemClock } from "../../server/src/platform/clock.ts";
import { loadConfiguration } from "../../server/src/platform/config/load-configuration.ts";
import { makeDataFolder } from "../harness/server-process.ts";
import { findMissingTexts, findWrongExamples, type Operation, operationsOf } from "./openapi-texts.ts";

let server: Server;
let removeData: () => Promise<void>;
let document: ReturnType<typeof JSON.parse>;

beforeAll(async () => {
  const { dataDir, remove } = await makeDataFolder();
  removeData = remove;
  server = await compose({
    configuration: loadConfiguration({ MUSTER_DATA_DIR: dataDir, NODE_ENV: "test" }),
    port: 8080,
    publicUrl: "http://localhost:8080",
    version: "1.2.3",
    log: pino({ level: "silent" }),
    clock: systemClock,
  });
  const http = createServer(server.listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => http.once("listening", resolve));
  const answer = await fetch(`http://127.0.0.1:${(http.address() as AddressInfo).port}/api/v1/openapi.json`);
  document = await answer.json();
  http.closeAllConnections();
  http.close();
});
afterAll(async () => {
  await server.close();
  await removeData();
});

it("is valid OpenAPI 3.1", async () => {
  const { errors, valid } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

it("describes every route and no others", () => {
  const described = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const mounted = server.routes.map(({ definition }) => `${definition.method} ${definition.path}`);
  expect(described.toSorted()).toEqual(mounted.toSorted());
});

it("names the contracts and has no unresolved reference", () => {
  const names = new Set(Object.keys(document.components.schemas));
  for (const name of ["DeviceSummary", "Report", "ReportAnswer", "ErrorBody", "Me"])
    expect(names).toContain(name);
  const used = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
  for (const [, name] of used) expect(names).toContain(name);
  expect(JSON.stringify(document)).not.toContain("#/$defs/");
});

it("names each operation by a verb and what it is about, as a function of a client", () => {
  const ids = operationsOf(document).map(({ operationId }) => operationId);
  expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z]+)+$/.test(id) || id.includes("By"))).toEqual([]);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

it("names operations that answer a page `list`", () => {
  const isPage = ({ responses }: Operation) => JSON.stringify(responses["200"] ?? {}).includes('Page"');
  const pages = operationsOf(document).filter(isPage);
  expect(pages.length).toBeGreaterThan(5);
  for (const { operationId } of pages) expect(operationId).toMatch(/^list/);
});

it("describes every schema, property and parameter, with an example", () => {
  expect(findMissingTexts(document)).toEqual([]);
});

it("has only examples that their schemas accept", () => {
  expect(findWrongExamples(document)).toEqual([]);
});

it("describes each error by its codes, with the example of each", () => {
  const { examples } = document.components;
  for (const { responses } of operationsOf(document)) {
    for (const { description, content } of Object.values(responses)) {
      if (content?.["application/json"]?.schema["$ref"] !== "#/components/schemas/ErrorBody") continue;
      const codes = [...description.matchAll(/^- `([a-z-]+)`: .+\.$/gm)].map(([, code]) => code);
      expect(codes).not.toEqual([]);
      expect(Object.keys(content["application/json"].examples ?? {})).toEqual(codes);
      for (const code of codes) expect(ErrorBody.safeParse(examples[code ?? ""].value).success).toBe(true);
    }
  }
});

it("describes the payload of each type of action", () => {
  const { schemas } = document.components;
  for (const base of ["NewActions", "Action", "ActionBatch"]) {
    const { propertyName, mapping } = schemas[base].discriminator;
    expect(propertyName).toBe("type");
    expect(Object.keys(mapping)).toEqual(Object.keys(ACTIONS));
    for (const [type, reference] of Object.entries<string>(mapping)) {
      const { payload, type: discriminator } = schemas[reference.split("/").at(-1) ?? ""].properties;
      expect(discriminator.const).toBe(type);
      expect(payload.properties).toBeDefined();
    }
  }
  const { content } = document.paths["/api/v1/actions"].post.requestBody;
  const { examples } = content["application/json"];
  expect(Object.keys(examples)).toEqual(Object.keys(ACTIONS));
  for (const { value } of Object.values<{ value: unknown }>(examples)) NewActions.parse(value);
  expect(schemas.MessageRequest.properties.payload.required).toEqual(["title", "text"]);
});

it("describes lists in a query string as repeated parameters", () => {
  const lists = operationsOf(document)
    .flatMap(({ parameters }) => parameters)
    .filter(({ schema }) => schema["type"] === "array");
  expect(lists.length).toBeGreaterThan(5);
  for (const list of lists) expect(list).toMatchObject({ style: "form", explode: true });
});
