import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../server/src/platform/http/app.ts";
import { createRequestLimits, DEFAULT_LIMIT_RATES } from "../../server/src/platform/http/request-limits.ts";
import { commandLineActor } from "../../server/src/identity/index.ts";
import { type FleetTenant, type FleetWorld, makeFleetTenant, startFleet } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const CHECK = "/api/v1/agent/enrol-check";
const HOUR_MS = 3_600_000;
const shell = { kind: "command-line", actor: commandLineActor("root"), requestId: null } as const;

describe.each(DIALECTS)("the check whether a token would be accepted, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const make = (change: { maxUses?: number | null; needsApproval?: boolean } = {}) =>
    world.identity.enrolmentTokens.create(
      tenant,
      { name: "tests", validHours: 1, maxUses: 1, needsApproval: false, customer: null, tags: [], ...change },
      shell,
    );
  const check = (token: unknown) => world.ask("POST", CHECK, { body: { token } });
  const enrol = (token: string) =>
    world.ask("POST", "/api/v1/agent/enrol", {
      body: {
        token,
        machine: { machineId: "0".repeat(32), hypervisorUuid: null },
        hostname: "asked-first",
        osFamily: "linux",
        classGuess: "server",
        publicKey: "A".repeat(43),
        agentVersion: "0.1.0",
      },
    });

  test("returns the organization, and whether a user has to approve", async () => {
    const { name } = await world.identity.organizations.get(tenant.orgId);
    expect(await check((await make()).secret)).toEqual({
      status: 200,
      body: { organization: name, needsApproval: false },
    });
    expect((await check((await make({ needsApproval: true })).secret)).body.needsApproval).toBe(true);
  });

  test("does not use the token, creates no device and leaves no trace", async () => {
    const { secret } = await make();
    const traces = async () => [
      (await world.ask("GET", "/api/v1/devices", { bearer: tenant.key })).body.items.length,
      (await world.identity.audit.list(tenant, { limit: 100 })).items.length,
    ];
    const before = await traces();
    for (let turn = 0; turn < 3; turn += 1) expect((await check(secret)).status).toBe(200);
    expect(await traces()).toEqual(before);
    expect((await enrol(secret)).status).toBe(201);
  });

  test("is refused with the same words as the enrolment would be", async () => {
    const used = (await make()).secret;
    await enrol(used);
    const revoked = await make();
    await world.identity.enrolmentTokens.revoke(tenant, revoked.token.id, shell);
    const over = (await make()).secret;
    world.clock.advance(HOUR_MS);
    for (const secret of [used, revoked.secret, over, `mt_${"A".repeat(43)}`, `mk_${"A".repeat(43)}`]) {
      const [asked, tried] = [await check(secret), await enrol(secret)];
      expect(asked.status).toBe(403);
      const { code, message } = asked.body.error;
      expect(code).toBe("enrolment-refused");
      expect(tried.body.error).toMatchObject({ code, message });
    }
  });

  test.each([undefined, "", "short", "x".repeat(201), 7, { $ne: "" }])(
    "refuses what is not a token: %j",
    async (token) => {
      expect((await check(token)).status).toBe(400);
    },
  );

  test("shares its limit with enrolment, per address", async () => {
    const limits = createRequestLimits(
      { ...DEFAULT_LIMIT_RATES, address: { perSecond: 1, burst: 2 } },
      world.clock,
    );
    const app = createApp({ ...world.appOptions, limits });
    const ask = async (path: string) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ token: `mt_${"A".repeat(43)}` });
      return (await app.request(path, { method: "POST", headers, body })).status;
    };
    expect(await ask(CHECK)).toBe(403);
    expect(await ask("/api/v1/agent/enrol")).toBe(400);
    expect(await ask(CHECK)).toBe(429);
    world.clock.advance(1000);
    expect(await ask(CHECK)).toBe(403);
  });
});
