import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Validator } from "@seriousme/openapi-schema-validator";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compose, type Server } from "../../server/src/compose.ts";
import { systemClock } from "../../server/src/platform/clock.ts";
import { loadConfiguration } from "../../server/src/platform/config/load-configuration.ts";
import { makeDataFolder } from "../harness/server-process.ts";

type Operation = { operationId: string; responses: Record<string, unknown> };

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
  const ids = operations().map(({ operationId }) => operationId);
  expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z]+)+$/.test(id) || id.includes("By"))).toEqual([]);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

it("names operations that read a page `list`, and others that only read in another way", () => {
  const isPage = ({ responses }: Operation) =>
    JSON.stringify(responses["200"] ?? {}).match(/"nextCursor"|Page"/) !== null;
  for (const operation of operations().filter(isPage)) expect(operation.operationId).toMatch(/^list/);
});

function operations(): Operation[] {
  return Object.values<Record<string, Operation>>(document.paths).flatMap((methods) =>
    Object.values(methods),
  );
}
