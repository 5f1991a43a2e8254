import type { EnrolmentTokenCreated } from "@muster/shared/contracts/enrolment.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type IdentityServer,
  type IdentityWorld,
  makeTenant,
  startIdentity,
  type Tenant,
} from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const TOKENS = "/api/v1/enrolment-tokens";
const HOUR_MS = 3_600_000;

describe.each(DIALECTS)("enrolment tokens on %s", (dialect) => {
  let world: IdentityWorld;
  let tenant: Tenant;
  beforeAll(async () => {
    world = await startIdentity(dialect);
  });
  beforeEach(async () => {
    tenant = await makeTenant(world);
  });
  afterAll(() => world.remove());

  const make = async (body: unknown = {}): Promise<EnrolmentTokenCreated> =>
    (await world.ask("POST", TOKENS, { cookie: tenant.users.operator.cookie, body })).body;
  const consume = (secret: string, { store, identity }: IdentityServer = world) =>
    store.transaction((tx) => identity.enrolment.consume(tx, secret));
  const listed = async (cookie = tenant.users.operator.cookie) =>
    (await world.ask("GET", TOKENS, { cookie })).body.items;

  test("apply what they were created with", async () => {
    const made = await make({
      name: "Paris",
      customer: "Acme <b>",
      tags: ["paris", "paris"],
      needsApproval: true,
      maxUses: 2,
    });
    expect(made.secret).toMatch(/^mt_[\w-]{43}$/);
    expect(await consume(made.secret)).toEqual({
      orgId: tenant.orgId,
      tokenId: made.token.id,
      tokenName: "Paris",
      customer: { id: made.token.customerId, name: "Acme <b>" },
      tags: ["paris"],
      needsApproval: true,
    });
    expect(await listed()).toMatchObject([{ uses: 1, usesLeft: 1, state: "valid" }]);
  });

  test("enrol one device if they have one use, however many enrol at the same time on several servers", async () => {
    const { secret } = await make();
    const neighbour = await world.addNeighbour();
    const tries = await Promise.allSettled(
      [world, neighbour, world, neighbour].map((server) => consume(secret, server)),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
    ]);
    await expect(consume(secret)).rejects.toMatchObject({
      code: "enrolment-refused",
      message: expect.stringContaining("used already"),
    });
    expect(await listed()).toMatchObject([{ uses: 1, usesLeft: 0, state: "used-up" }]);
  });

  test("are not used up by an enrolment that fails", async () => {
    const { secret } = await make();
    const failing = world.store.transaction(async (tx) => {
      await world.identity.enrolment.consume(tx, secret);
      throw new Error("the device could not be made");
    });
    await expect(failing).rejects.toThrow("could not be made");
    await expect(consume(secret)).resolves.toMatchObject({ orgId: tenant.orgId });
  });

  test("expire", async () => {
    const { secret } = await make({ validHours: 1, maxUses: null });
    world.clock.advance(HOUR_MS - 1);
    await expect(consume(secret)).resolves.toBeDefined();
    world.clock.advance(1);
    await expect(consume(secret)).rejects.toMatchObject({
      code: "enrolment-refused",
      message: expect.stringContaining("expired"),
    });
  });

  test("end when they are revoked", async () => {
    const { token, secret } = await make({ maxUses: null });
    const path = `${TOKENS}/${token.id}`;
    expect((await world.ask("DELETE", path, { cookie: tenant.users.viewer.cookie })).status).toBe(403);
    expect((await world.ask("DELETE", path, { cookie: tenant.users.operator.cookie })).status).toBe(204);
    await expect(consume(secret)).rejects.toMatchObject({ message: expect.stringContaining("revoked") });
  });

  test.each(["", "mt_", `mt_${"A".repeat(43)}`, `mk_${"A".repeat(43)}`, "x".repeat(200)])(
    "are refused if they are invalid: %s",
    async (secret) => {
      await expect(consume(secret)).rejects.toMatchObject({ code: "enrolment-refused" });
    },
  );

  test("of another organization cannot be seen or revoked", async () => {
    const { token, secret } = await make();
    const foreign = await makeTenant(world);
    const { cookie } = foreign.users.owner;
    expect((await world.ask("DELETE", `${TOKENS}/${token.id}`, { cookie })).status).toBe(404);
    expect(await listed(cookie)).toEqual([]);
    await expect(consume(secret)).resolves.toMatchObject({ orgId: tenant.orgId });
  });

  test("are stored and audited without their secret", async () => {
    const { secret } = await make({ name: "Lyon" });
    const tables = [
      await world.store.read.selectFrom("enrolment_tokens").selectAll().execute(),
      await world.store.read.selectFrom("audit_entries").selectAll().execute(),
    ];
    expect(JSON.stringify(tables)).toContain("Lyon");
    expect(JSON.stringify(tables)).not.toContain(secret);
  });
});
