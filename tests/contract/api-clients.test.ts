import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createClient } from "@hey-api/openapi-ts";
import { createMuster, dataOf, ifMatch, type Muster, MusterError } from "@muster/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageClient } from "../../build/client-package/package-client.mjs";
import { type ApiWorld, startApiWorld } from "../harness/api-world.ts";

const HOSTNAMES = ["web-1", "web-2", "web-3", "db-1", "db-2"] as const;
const root = path.join(import.meta.dirname, "../..");

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld(HOSTNAMES);
});
afterAll(() => world.remove());

describe("@muster/client, with the types of openapi-typescript", () => {
  let muster: Muster;
  beforeAll(() => {
    muster = createMuster({ url: `${world.url}/`, apiKey: world.key });
  });

  test("reads a list page by page", async () => {
    const names: string[] = [];
    for await (const device of muster.items("/api/v1/devices", { limit: 2, sort: "name" }))
      names.push(device.name);
    expect(names).toEqual(HOSTNAMES.toSorted());
  });

  test("sends lists as the server parses them, also of a name with a comma", async () => {
    const query = { id: world.deviceIds.slice(0, 2), tag: ["lab", "none"], customer: ["Acme, Inc."] };
    const page = dataOf(await muster.GET("/api/v1/devices", { params: { query } }));
    expect(page.items.map(({ name }) => name).toSorted()).toEqual(["web-1", "web-2"]);
    const history = await muster.GET("/api/v1/devices/{id}/history", {
      params: {
        path: { id: world.deviceIds[0] },
        query: {
          metrics: ["cpu", "temperature"],
          from: "2026-11-30T00:00:00.000Z",
          to: "2026-11-30T01:00:00.000Z",
        },
      },
    });
    expect(dataOf(history).times).toEqual([]);
  });

  test("requests an action once, however often it is sent with its key", async () => {
    const request = {
      type: "message" as const,
      payload: { title: "Maintenance", text: "Tonight at 22:00." },
      deviceIds: [world.deviceIds[0]],
      idempotencyKey: "maintenance-1",
    };
    const first = dataOf(await muster.POST("/api/v1/actions", { body: request }));
    const second = dataOf(await muster.POST("/api/v1/actions", { body: request }));
    expect(second.batchId).toBe(first.batchId);
    const { type, payload } = dataOf(
      await muster.GET("/api/v1/actions/{id}", { params: { path: { id: first.actions[0]?.id ?? "" } } }),
    );
    if (type !== "message") throw new Error("another action");
    // The type of the payload follows from the type of the action.
    expect(payload.urgency satisfies "low" | "normal" | "urgent").toBe("normal");
  });

  test("changes only the version that was read", async () => {
    const params = { path: { id: world.deviceIds[0] } };
    const read = dataOf(await muster.GET("/api/v1/devices/{id}", { params }));
    const edit = (notes: string) =>
      muster.PATCH("/api/v1/devices/{id}", {
        params: { ...params, header: ifMatch(read) },
        body: { notes },
      });
    const first = await edit("first");
    expect(first.response.headers.get("etag")).toBe(`"${dataOf(first).version}"`);
    const late = await edit("second");
    expect(() => dataOf(late)).toThrow(
      expect.objectContaining({
        code: "precondition-failed",
        current: expect.objectContaining({ version: read.version + 1, updatedBy: expect.any(String) }),
      }),
    );
  });

  test("throws the server's error with its code", async () => {
    const gone = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
    const result = await muster.GET("/api/v1/devices/{id}", { params: { path: { id: gone } } });
    expect(() => dataOf(result)).toThrow(MusterError);
    expect(result.error?.error.code).toBe("not-found");
    const stranger = createMuster({ url: world.url, apiKey: `mk_${"x".repeat(43)}` });
    await expect(stranger.items("/api/v1/audit").next()).rejects.toMatchObject({
      status: 401,
      code: "unauthenticated",
    });
  });

  test("waits for the server when a limit is reached", async () => {
    const statuses: number[] = [];
    const patient = createMuster({
      url: world.url,
      apiKey: world.key,
      async fetch(request) {
        const isFirst = statuses.length === 0;
        const response = isFirst
          ? new Response("{}", { status: 429, headers: { "retry-after": "0" } })
          : await fetch(request);
        statuses.push(response.status);
        return response;
      },
    });
    expect(dataOf(await patient.GET("/api/v1/devices/summary")).total).toBe(HOSTNAMES.length);
    expect(statuses).toEqual([429, 200]);
  });

  test("as a package, runs the example of the documentation", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "muster-example-"));
    const packages = path.join(folder, "node_modules");
    packageClient(root, path.join(packages, "@muster", "client"));
    await symlink(path.join(root, "node_modules", "openapi-fetch"), path.join(packages, "openapi-fetch"));
    const example = path.join(folder, "message-devices.mjs");
    await copyFile(path.join(root, "docs", "examples", "message-devices.mjs"), example);
    const { stdout } = await promisify(execFile)(process.execPath, [example, "web", "Tonight at 22:00."], {
      env: { ...process.env, MUSTER_URL: world.url, MUSTER_API_KEY: world.key },
    });
    expect(stdout).toMatch(/^web-3: pending\nweb-2: pending\nweb-1: pending\n$/);
    await rm(folder, { recursive: true });
  });
});

describe("the client that Hey API generates", () => {
  let folder: string;
  let sdk: Record<string, (options: object) => Promise<{ data?: unknown; error?: unknown }>>;
  let options: object;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "muster-client-"));
    const document = path.join(folder, "openapi.json");
    await writeFile(document, await (await fetch(`${world.url}/api/v1/openapi.json`)).text());
    await createClient({ input: document, output: path.join(folder, "client"), logs: { level: "silent" } });
    sdk = await import(path.join(folder, "client", "sdk.gen.ts"));
    options = { baseUrl: world.url, headers: { authorization: `Bearer ${world.key}` } };
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("has a function for each operation, by its readable name", () => {
    expect(Object.keys(sdk)).toEqual(
      expect.arrayContaining(["listDevices", "getDeviceHistory", "archiveDevice", "requestActions"]),
    );
  });

  test("lists, filters by lists, changes and requests", async () => {
    const query = { id: world.deviceIds.slice(0, 2), tag: ["lab"], limit: 1 };
    expect(await sdk["listDevices"]?.({ ...options, query })).toMatchObject({
      data: { items: [{ tags: ["lab", "shared"] }], nextCursor: expect.any(String) },
    });
    const [id] = world.deviceIds;
    const body = { notes: "Rack 4" };
    expect(await sdk["updateDevice"]?.({ ...options, path: { id }, body })).toMatchObject({
      data: { id, ...body },
    });
    const range = { from: "2026-11-30T00:00:00Z", to: "2026-11-30T01:00:00Z", metrics: ["cpu", "disk"] };
    expect(await sdk["getDeviceHistory"]?.({ ...options, path: { id }, query: range })).toMatchObject({
      data: { times: [] },
    });
    const request = { type: "refresh-inventory", deviceIds: [id] };
    expect(await sdk["requestActions"]?.({ ...options, body: request })).toMatchObject({
      data: { actions: [{ deviceId: id }] },
    });
  });

  test("gets errors with their codes", async () => {
    expect(await sdk["getDevice"]?.({ ...options, path: { id: "no-id" } })).toMatchObject({
      error: { error: { code: "bad-request" } },
    });
  });
});
