import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ActionWorld, enrolActionDevice, startActions } from "../harness/action-world.ts";
import { makeFleetTenant } from "../harness/fleet-server.ts";
import { type IdentityWorld, makeTenant, shell, startIdentity } from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";
import { wholeOrganization } from "../../server/src/platform/tenant.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JUMP_MS = 1100 * DAY_MS;

describe.each(DIALECTS)("validity under a wrong clock on %s", (dialect) => {
  let world: IdentityWorld;
  beforeEach(async () => {
    world = await startIdentity(dialect);
    await world.runJobs();
  });
  afterEach(() => world.remove());

  it("refuses an expired session at use and keeps its row, so that it is valid again with the right clock", async () => {
    const { users } = await makeTenant(world);
    const status = async () => (await world.ask("GET", "/api/v1/me", { cookie: users.viewer.cookie })).status;
    world.clock.step(JUMP_MS);
    expect(await status()).toBe(401);
    await world.runJobs();
    world.clock.step(-JUMP_MS);
    expect(await status()).toBe(200);
  });

  it("refuses expired keys and tokens at use, before and after the clean-up", async () => {
    const { orgId } = await makeTenant(world);
    const { secret } = await world.identity.apiKeys.create(
      orgId,
      { name: "short", scopes: ["read"], validDays: 1 },
      { ...shell, fixedRole: "operator" },
    );
    const token = await world.identity.enrolmentTokens.create(
      wholeOrganization(orgId),
      { name: "short", validHours: 1, maxUses: 1, needsApproval: false, customer: null, tags: [] },
      shell,
    );
    const use = async () => (await world.ask("GET", "/api/v1/organization", { bearer: secret })).status;
    const tokenState = async () =>
      (await world.identity.enrolmentTokens.list(wholeOrganization(orgId), { limit: 10 })).items.find(
        ({ id }) => id === token.token.id,
      )?.state;
    expect([await use(), await tokenState()]).toEqual([200, "valid"]);
    world.clock.advance(2 * DAY_MS);
    expect([await use(), await tokenState()]).toEqual([401, "expired"]);
    await world.runJobs();
    expect([await use(), await tokenState()]).toEqual([401, "expired"]);
  });
});

describe.each(DIALECTS)("validity under a clock that is set back on %s", (dialect) => {
  let world: IdentityWorld;
  beforeEach(async () => {
    world = await startIdentity(dialect);
    await world.runJobs();
  });
  afterEach(() => world.remove());

  it.each([2 * HOUR_MS, 3 * DAY_MS, JUMP_MS])(
    "an expired session, key, token and link stay expired, also on a server that starts later (%d ms)",
    async (backMs) => {
      const { orgId, users } = await makeTenant(world);
      const key = { name: "short", scopes: ["read" as const], validDays: 1 };
      const { secret } = await world.identity.apiKeys.create(orgId, key, { ...shell, fixedRole: "operator" });
      const grant = {
        name: "short",
        validHours: 1,
        maxUses: 1,
        needsApproval: false,
        customer: null,
        tags: [],
      };
      const token = await world.identity.enrolmentTokens.create(wholeOrganization(orgId), grant, shell);
      const usesOn = async ({ ask, identity }: Pick<IdentityWorld, "ask" | "identity">) => [
        (await ask("GET", "/api/v1/me", { cookie: users.viewer.cookie })).status,
        (await ask("GET", "/api/v1/organization", { bearer: secret })).status,
        await identity.enrolment.check(token.secret).then(
          () => "valid",
          () => "refused",
        ),
      ];
      expect(await usesOn(world)).toEqual([200, 200, "valid"]);
      for (let hours = 0; hours < 25; hours += 1) {
        world.clock.advance(HOUR_MS);
        await world.runJobs();
      }
      expect(await usesOn(world)).toEqual([401, 401, "refused"]);
      world.clock.step(-backMs);
      expect(await usesOn(world)).toEqual([401, 401, "refused"]);
      const later = await world.addServer();
      await later.runJobs();
      expect(await usesOn({ ...world, ...later })).toEqual([401, 401, "refused"]);
    },
  );

  it("what is made then is valid, and ends although the clock stays behind", async () => {
    const { orgId } = await makeTenant(world);
    world.clock.advance(HOUR_MS);
    await world.runJobs();
    world.clock.step(-3 * DAY_MS);
    const grant = {
      name: "short",
      validHours: 1,
      maxUses: 1,
      needsApproval: false,
      customer: null,
      tags: [],
    };
    const token = await world.identity.enrolmentTokens.create(wholeOrganization(orgId), grant, shell);
    await world.identity.enrolment.check(token.secret);
    world.clock.advance(2 * HOUR_MS);
    await expect(world.identity.enrolment.check(token.secret)).rejects.toThrow("has expired");
  });
});

describe.each(DIALECTS)("an order under a wrong clock on %s", (dialect) => {
  let world: ActionWorld;
  beforeEach(async () => {
    world = await startActions(dialect);
    await world.retentionClock.advance();
  });
  afterEach(() => world.remove());

  it("is not ended by deadlines while the clock is implausible, and is ended when it is due", async () => {
    const tenant = await makeFleetTenant(world);
    const device = await enrolActionDevice(world, tenant);
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "act", scopes: ["read", "act"], validDays: null },
      { ...shell, fixedRole: "operator" },
    );
    const asked = await world.ask("POST", "/api/v1/actions", {
      bearer: secret,
      body: { type: "message", payload: { title: "a", text: "b" }, deviceIds: [device.id], validForS: 3600 },
    });
    const [{ id }] = asked.body.actions;
    const state = async () =>
      (await world.ask("GET", `/api/v1/actions/${id}`, { bearer: secret })).body.state;

    world.clock.step(JUMP_MS);
    await world.runJobs("action-deadlines");
    expect(await state()).toBe("pending");
    world.clock.step(-JUMP_MS);
    world.clock.advance(3_600_001);
    await world.runJobs("action-deadlines");
    expect(await state()).toBe("expired");
  });

  it("is not handed out after it expired, even if no job has run", async () => {
    const tenant = await makeFleetTenant(world);
    const device = await enrolActionDevice(world, tenant);
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "act", scopes: ["read", "act"], validDays: null },
      { ...shell, fixedRole: "operator" },
    );
    await world.ask("POST", "/api/v1/actions", {
      bearer: secret,
      body: { type: "message", payload: { title: "a", text: "b" }, deviceIds: [device.id], validForS: 3600 },
    });
    world.clock.step(JUMP_MS);
    expect((await device.claim()).orders).toEqual([]);
  });
});
