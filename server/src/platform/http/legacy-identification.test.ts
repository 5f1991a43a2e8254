import pino from "pino";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { systemClock } from "../clock.ts";
import { MusterError } from "../errors.ts";
import { createApp } from "./app.ts";
import type { LegacyKeyCaller } from "./caller.ts";
import type { LegacyWire } from "./legacy-wire.ts";
import { createRequestLimits, DEFAULT_LIMIT_RATES } from "./request-limits.ts";
import { type Route, route } from "./route.ts";

/** A wire whose secret is in the body, or in a cookie; failures are bare codes. */
const wire: LegacyWire = {
  system: "abacus",
  async findSecret({ header, readBody }) {
    const body = z.object({ secret: z.string() }).safeParse(await readBody());
    if (body.success) return { secret: body.data.secret, isFromCookie: false };
    const cookie = header("cookie")?.replace("abacus=", "");
    return cookie === undefined ? null : { secret: cookie, isFromCookie: true };
  },
  failureOf: ({ code }) => ({
    status: code === "bad-request" ? 400 : code === "rate-limited" ? 429 : 403,
    body: code,
  }),
};

const Body = z.object({ secret: z.string().optional(), count: z.number() });
const common = { operationId: "test", summary: "", group: "Abacus", status: 200, wire } as const;
const routes: Route[] = [
  route(
    {
      ...common,
      method: "post",
      path: "/api/beads",
      access: { by: "legacy", right: "agent" },
      body: Body,
      answer: z.object({ by: z.string(), count: z.number() }),
    },
    async ({ caller, body }) => ({ by: caller.keyId, count: body.count }),
  ),
  route(
    { ...common, method: "get", path: "/api/beads", access: { by: "legacy", right: "operator" } },
    async () => {},
  ),
];

function makeApp() {
  return createApp({
    routes,
    authenticate: async () => ({ kind: "nobody" }),
    async authenticateLegacyKey(system, secret): Promise<LegacyKeyCaller> {
      if (system !== "abacus" || !secret.startsWith("right")) throw new MusterError("unauthenticated", "no");
      return {
        kind: "compat-key",
        orgId: "o1",
        keyId: secret,
        name: "k",
        system,
        rights: ["agent"],
        machineId: null,
      };
    },
    allowedOrigins: new Set(["http://own.example"]),
    limits: createRequestLimits(DEFAULT_LIMIT_RATES, systemClock),
    log: pino({ level: "silent" }),
    clock: systemClock,
  });
}

async function post(app: ReturnType<typeof makeApp>, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await app.request("/api/beads", { method: "POST", body: text, headers });
  return [answer.status, await answer.json()];
}

describe("a route of a legacy system", () => {
  it("finds the secret in the body and still reads the body, whatever its content type", async () => {
    expect(await post(makeApp(), { secret: "right", count: 3 })).toEqual([200, { by: "right", count: 3 }]);
  });

  it("answers every failure in the format of its system", async () => {
    const app = makeApp();
    expect(await post(app, { count: 3 })).toEqual([403, "unauthenticated"]);
    expect(await post(app, { secret: "wrong", count: 3 })).toEqual([403, "unauthenticated"]);
    expect(await post(app, { secret: "right", count: "x" })).toEqual([400, "bad-request"]);
    expect(await post(app, "{", { cookie: "abacus=right", origin: "http://own.example" })).toEqual([
      400,
      "bad-request",
    ]);
  });

  it("refuses a key that lacks the right", async () => {
    const answer = await makeApp().request("/api/beads", { headers: { cookie: "abacus=right" } });
    expect([answer.status, await answer.json()]).toEqual([403, "forbidden"]);
  });

  it("accepts a cookie from its own pages only, and a secret in the body from programs", async () => {
    const app = makeApp();
    const cookie = "abacus=right";
    expect(await post(app, { count: 1 }, { cookie })).toEqual([403, "forbidden"]);
    expect((await post(app, { secret: "right", count: 1 }))[0]).toBe(200);
    expect((await post(app, { count: 1 }, { cookie, "sec-fetch-site": "same-origin" }))[0]).toBe(200);
    expect((await post(app, { count: 1 }, { cookie, origin: "http://own.example" }))[0]).toBe(200);
    expect(await post(app, { count: 1 }, { cookie, origin: "http://evil.example" })).toEqual([
      403,
      "forbidden",
    ]);
  });

  it("limits each key separately, not the address that they share", async () => {
    const app = makeApp();
    const { burst } = DEFAULT_LIMIT_RATES.member;
    const answers: unknown[] = [];
    for (let n = 0; n < burst * 2; n += 1)
      answers.push((await post(app, { secret: "right-1", count: n }))[0]);
    expect(answers.slice(0, burst)).toEqual(Array.from({ length: burst }, () => 200));
    expect(answers).toContain(429);
    expect((await post(app, { secret: "right-2", count: 1 }))[0]).toBe(200);
  });
});
