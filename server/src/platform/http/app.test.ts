import { gzipSync } from "node:zlib";
import { ErrorBody } from "@muster/shared/errors.ts";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { systemClock } from "../clock.ts";
import { MusterError } from "../errors.ts";
import { createApp } from "./app.ts";
import type { Authenticate, Caller } from "./caller.ts";
import { createRequestLimits, DEFAULT_LIMIT_RATES } from "./request-limits.ts";
import { type Route, route } from "./route.ts";

const log = pino({ level: "silent" });

const callers: Record<string, Caller> = {
  mk_reader: {
    kind: "api-key",
    orgId: "o1",
    keyId: "k1",
    name: "reader",
    role: "admin",
    customerIds: null,
    scopes: ["read"],
  },
  mk_weak: {
    kind: "api-key",
    orgId: "o1",
    keyId: "k2",
    name: "weak",
    role: "viewer",
    customerIds: null,
    scopes: ["write"],
  },
  md_one: { kind: "device", orgId: "o1", deviceId: "d1", credentialId: "c1" },
};

const authenticate: Authenticate = async ({ bearer, session }) => {
  if (session === "s1") {
    return {
      kind: "user",
      orgId: "o1",
      userId: "u1",
      sessionId: "s1",
      name: "Ada",
      role: "operator",
      customerIds: null,
    };
  }
  if (bearer === null) return { kind: "nobody" };
  const caller = callers[bearer];
  if (!caller) throw new MusterError("unauthenticated", "This credential is not known.");
  return caller;
};

const Thing = z.strictObject({ name: z.string().max(5), size: z.number().int() });
const common = { operationId: "test", summary: "", group: "Things", status: 200 } as const;
const things: Route[] = [
  route(
    {
      ...common,
      method: "post",
      path: "/api/v1/things/{id}",
      access: { by: "member", role: "operator", scope: "write" },
      params: z.object({ id: z.string().regex(/^\d+$/, "must be digits") }),
      query: z.object({ sort: z.enum(["name", "size"]).optional() }),
      body: Thing,
      answer: z.object({ id: z.string(), name: z.string() }),
      acceptsCompressed: true,
      maxBodyBytes: 2000,
    },
    async ({ params, body }) => ({ id: params.id, name: body.name }),
  ),
  route(
    {
      ...common,
      method: "get",
      path: "/api/v1/things",
      access: { by: "member", role: "viewer", scope: "read" },
    },
    async () => {},
  ),
  route({ ...common, method: "get", path: "/api/v1/mine", access: { by: "device" } }, async () => {}),
  route(
    { ...common, method: "delete", path: "/api/v1/session", access: { by: "session", role: "viewer" } },
    async () => {},
  ),
  route({ ...common, method: "get", path: "/api/v1/broken", access: { by: "public" } }, async () => {
    throw new Error("the inside of the server");
  }),
  route({ ...common, method: "get", path: "/api/v1/busy", access: { by: "public" } }, async () => {
    throw new MusterError("unavailable", "Too much to do.", { retryAfterS: 1.2 });
  }),
  route(
    {
      ...common,
      method: "get",
      path: "/api/v1/wrong",
      access: { by: "public" },
      answer: z.object({ n: z.number() }),
    },
    // @ts-expect-error -- on purpose not what the schema says
    async () => ({ n: "one" }),
  ),
  route(
    { ...common, method: "get", path: "/api/v1/long", access: { by: "public" }, answer: z.string() },
    async () => "x".repeat(5000),
  ),
];

function start(more: Partial<Parameters<typeof createApp>[0]> = {}) {
  const app = createApp({ routes: things, authenticate, log, clock: systemClock, ...more });
  return {
    get: (path: string, headers: Record<string, string> = {}) => app.request(path, { headers }),
    post: (
      body: string | Uint8Array<ArrayBuffer>,
      headers: Record<string, string> = {},
      path = "/api/v1/things/1",
    ) =>
      app.request(path, {
        method: "POST",
        body,
        headers: {
          cookie: "muster_session=s1",
          origin: "http://localhost:8080",
          "content-type": "application/json",
          ...headers,
        },
      }),
    app,
  };
}

async function failureOf(answer: Response | Promise<Response>) {
  const response = await answer;
  const { error } = ErrorBody.parse(await response.json());
  return { status: response.status, code: error.code, details: error.details, message: error.message };
}

const good = JSON.stringify({ name: "a", size: 1 });

describe("a request", () => {
  it("passes parsed input to the handler and its answer to the client", async () => {
    const answer = await start().post(good);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ id: "1", name: "a" });
  });

  it("gives every request a new id and ignores one from the client", async () => {
    const answer = await start().get("/api/v1/things", {
      authorization: "Bearer mk_reader",
      "x-request-id": "mine",
    });
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{12}$/);
  });

  it("answers an error body with the request's id for an unknown path below /api", async () => {
    const answer = await start().get("/api/v1/nothing");
    const body = ErrorBody.parse(await answer.json());
    expect([answer.status, body.error.code]).toEqual([404, "not-found"]);
    expect(body.error.requestId).toBe(answer.headers.get("x-request-id"));
  });

  it("passes requests outside /api to the fallback", async () => {
    const { get } = start({ fallback: () => new Response("page") });
    expect(await (await get("/devices")).text()).toBe("page");
    expect((await get("/api/x")).status).toBe(404);
  });
});

describe("access", () => {
  it("answers 401 without a credential and for an unknown one", async () => {
    const { get } = start();
    expect(await failureOf(get("/api/v1/things"))).toMatchObject({ status: 401, code: "unauthenticated" });
    expect(await failureOf(get("/api/v1/things", { authorization: "Bearer mk_no" }))).toMatchObject({
      status: 401,
    });
    expect(await failureOf(get("/api/v1/things", { authorization: "Basic YTpi" }))).toMatchObject({
      status: 401,
    });
  });

  it.each([
    ["a device on a member's route", "/api/v1/things", { authorization: "Bearer md_one" }],
    ["a person on a device's route", "/api/v1/mine", { cookie: "muster_session=s1" }],
    ["a key on a device's route", "/api/v1/mine", { authorization: "Bearer mk_reader" }],
    ["a key without the scope", "/api/v1/things", { authorization: "Bearer mk_weak" }],
  ])("answers 403 to %s", async (_, path, headers) => {
    expect(await failureOf(start().get(path, headers))).toMatchObject({ status: 403, code: "forbidden" });
  });

  it("answers 403 to a key if the role of its creator is too low", async () => {
    const { post } = start();
    expect(await failureOf(post(good, { cookie: "", authorization: "Bearer mk_weak" }))).toMatchObject({
      status: 403,
    });
  });

  it("answers 403 to a key on a route for sessions", async () => {
    const { app } = start();
    const request = app.request("/api/v1/session", {
      method: "DELETE",
      headers: { authorization: "Bearer mk_reader" },
    });
    expect(await failureOf(request)).toMatchObject({ status: 403 });
  });

  it("refuses an unsafe request with a session from another origin or none", async () => {
    const { post } = start();
    expect(await failureOf(post(good, { origin: "https://evil.example" }))).toMatchObject({ status: 403 });
    expect(await failureOf(post(good, { origin: "null" }))).toMatchObject({ status: 403 });
    expect((await post(good, { origin: "http://127.0.0.1:8080" })).status).toBe(200);
  });

  it("uses Sec-Fetch-Site where Origin is absent, and accepts no cookie without either", async () => {
    const { app } = start();
    const send = (headers: Record<string, string>) =>
      app.request("/api/v1/session", {
        method: "DELETE",
        headers: { cookie: "muster_session=s1", ...headers },
      });
    expect((await send({ "sec-fetch-site": "same-origin" })).status).toBe(200);
    for (const site of ["cross-site", "same-site", "none"]) {
      expect(await failureOf(send({ "sec-fetch-site": site }))).toMatchObject({ status: 403 });
    }
    expect(await failureOf(send({}))).toMatchObject({ status: 403, code: "forbidden" });
  });

  it("refuses a page of another site on every route that changes something, whatever its credential", async () => {
    const { app } = start();
    const answer = app.request("/api/v1/things/1", {
      method: "POST",
      body: good,
      headers: {
        authorization: "Bearer mk_weak",
        origin: "https://evil.example",
        "content-type": "application/json",
      },
    });
    expect(await failureOf(answer)).toMatchObject({ status: 403, message: expect.stringContaining("page") });
  });

  it("uses the fast check for a device's credential first", async () => {
    const device = callers["md_one"];
    const { get } = start({
      authenticate: async () => ({ kind: "nobody" }),
      authenticateDevice: () => (device?.kind === "device" ? device : Promise.reject(new Error("no device"))),
    });
    expect((await get("/api/v1/mine", { authorization: "Bearer md_anything" })).status).toBe(200);
  });
});

describe("the body", () => {
  it.each([
    ["malformed JSON", '{"name":', 400],
    ["a wrong type", '{"name":1,"size":1}', 400],
    ["NaN", '{"name":"a","size":NaN}', 400],
    ["an unknown field", '{"name":"a","size":1,"more":1}', 400],
    ["an escaped NUL", '{"name":"a\\u0000","size":1}', 400],
    ["a lone surrogate", '{"name":"\\ud800","size":1}', 400],
    ["deep nesting", "[".repeat(1900), 400],
    ["nothing", "", 400],
    ["more bytes than allowed", JSON.stringify({ name: "a".repeat(3000), size: 1 }), 413],
  ])("refuses %s", async (_, body, status) => {
    expect(await failureOf(start().post(body))).toMatchObject({ status });
  });

  it("names the invalid part of the body and what to do", async () => {
    const { details } = await failureOf(start().post('{"name":"abcdef","size":1,"more":2}'));
    expect(details).toEqual([
      { path: "name", message: expect.stringContaining("5") },
      { path: "more", message: "is not known here: leave it out" },
    ]);
  });

  it("refuses bytes that are not UTF-8", async () => {
    const body = Uint8Array.from([...Buffer.from('{"name":"'), 0xff, ...Buffer.from('","size":1}')]);
    expect(await failureOf(start().post(body))).toMatchObject({ status: 400 });
  });

  it("refuses another content type, and a missing one", async () => {
    const { post } = start();
    expect(await failureOf(post(good, { "content-type": "text/plain" }))).toMatchObject({ status: 415 });
    expect((await post(good, { "content-type": "application/json; charset=utf-8" })).status).toBe(200);
  });

  it("accepts gzip, but no decompression bomb, no damaged data and no other encoding", async () => {
    const { post } = start();
    const zip = (text: string) => Uint8Array.from(gzipSync(text));
    expect((await post(zip(good), { "content-encoding": "gzip" })).status).toBe(200);
    const bomb = zip(JSON.stringify({ name: "a".repeat(100_000), size: 1 }));
    expect(await failureOf(post(bomb, { "content-encoding": "gzip" }))).toMatchObject({ status: 413 });
    expect(await failureOf(post(good, { "content-encoding": "gzip" }))).toMatchObject({ status: 400 });
    expect(await failureOf(post(good, { "content-encoding": "br" }))).toMatchObject({ status: 415 });
  });
});

describe("path and query", () => {
  it("names the invalid parameter", async () => {
    const { post } = start();
    const id = await failureOf(post(good, {}, "/api/v1/things/x"));
    expect(id).toMatchObject({ status: 400, details: [{ path: "id", message: "must be digits" }] });
    const sort = await failureOf(post(good, {}, "/api/v1/things/1?sort=age"));
    expect(sort).toMatchObject({ status: 400, details: [{ path: "sort" }] });
    const unknown = await failureOf(post(good, {}, "/api/v1/things/1?srot=name"));
    expect(unknown).toMatchObject({ status: 400, details: [{ path: "srot" }] });
  });

  it("refuses NUL in both", async () => {
    const { post } = start();
    expect(await failureOf(post(good, {}, "/api/v1/things/%00"))).toMatchObject({ status: 400 });
    expect(await failureOf(post(good, {}, "/api/v1/things/1?sort=%00"))).toMatchObject({ status: 400 });
  });
});

describe("a response", () => {
  it("hides an unexpected error from the client and logs it completely", async () => {
    const lines: string[] = [];
    const { get } = start({ log: pino({}, { write: (line: string) => void lines.push(line) }) });
    const failure = await failureOf(get("/api/v1/broken"));
    expect(failure).toMatchObject({ status: 500, code: "internal" });
    expect(failure.message).not.toContain("inside");
    expect(lines.join()).toContain("the inside of the server");
  });

  it("sends the time after which to retry", async () => {
    const answer = await start().get("/api/v1/busy");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  });

  it("fails outside production when an answer does not fit its schema", async () => {
    expect(await failureOf(start().get("/api/v1/wrong"))).toMatchObject({ status: 500 });
    expect((await start({ checksAnswers: false }).get("/api/v1/wrong")).status).toBe(200);
  });

  it("sends headers against content sniffing, framing and caching", async () => {
    const { headers } = await start({ isHttps: true }).get("/api/v1/long");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  });

  it("compresses a long answer only when the client accepts it", async () => {
    const { get } = start();
    const zipped = await get("/api/v1/long", { "accept-encoding": "gzip, br" });
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect((await get("/api/v1/long")).headers.get("content-encoding")).toBeNull();
    const refused = await get("/api/v1/long", { "accept-encoding": "gzip;q=0" });
    expect(refused.headers.get("content-encoding")).toBeNull();
  });
});

describe("limits", () => {
  const rates = {
    ...DEFAULT_LIMIT_RATES,
    member: { perSecond: 1, burst: 2 },
    address: { perSecond: 1, burst: 1 },
  };

  it("limits each credential separately", async () => {
    let now = 0;
    const clock = { now: () => now, monotonic: () => now };
    const { get } = start({ clock, limits: createRequestLimits(rates, clock) });
    const ask = () => get("/api/v1/things", { authorization: "Bearer mk_reader" });
    await ask();
    await ask();
    const refused = await ask();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await get("/api/v1/things", { cookie: "muster_session=s1" })).status).toBe(200);
    now += 1000;
    expect((await ask()).status).toBe(200);
  });

  it("counts wrong credentials against their address without affecting valid ones from there", async () => {
    const { get } = start({ limits: createRequestLimits(rates, systemClock) });
    const guess = () => get("/api/v1/things", { authorization: "Bearer mk_guess" });
    expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    expect((await get("/api/v1/things", { authorization: "Bearer mk_reader" })).status).toBe(200);
  });
});
