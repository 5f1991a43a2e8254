import { generateKeyPairSync, hash, type KeyObject, sign } from "node:crypto";
import { commandLineActor } from "../../server/src/identity/index.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FleetTenant, type FleetWorld, makeFleetTenant, startFleet } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("an enrolment whose answer was lost, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const makeToken = async (maxUses: number | null = 1) => {
    const shell = { kind: "command-line", actor: commandLineActor("root"), requestId: null } as const;
    const wish = { name: "tests", validHours: 1, needsApproval: false, customer: null, tags: [] };
    return (await world.identity.enrolmentTokens.create(tenant, { ...wish, maxUses }, shell)).secret;
  };
  const pair = () => generateKeyPairSync("ed25519");
  let machines = 0;
  const machineId = () => (machines++).toString(16).padStart(32, "f");

  function requestOf(
    token: string,
    machine: string,
    { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
    change: { token?: string } = {},
  ) {
    const key = publicKey.export({ format: "jwk" }).x;
    const statement = Buffer.from(
      JSON.stringify({
        says: "enrol",
        server: "https://muster.example",
        tokenDigest: hash("sha256", change.token ?? token, "base64url"),
        publicKey: key,
        at: world.clock.now(),
      }),
    );
    return {
      token,
      machine: { machineId: machine, hypervisorUuid: null },
      hostname: "web-1",
      osFamily: "linux",
      classGuess: "server",
      publicKey: key,
      agentVersion: "0.2.0",
      returning: {
        statement: statement.toString("base64url"),
        signature: sign(null, statement, privateKey).toString("base64url"),
      },
    };
  }
  const enrol = (body: unknown) => world.ask("POST", "/api/v1/agent/enrol", { body });

  test.each([
    ["once", 1],
    ["as often as wanted", null],
  ])("gives the same device a new credential for a token with uses: %s", async (_, uses) => {
    const request = requestOf(await makeToken(uses), machineId(), pair());
    const [first, again] = [await enrol(request), await enrol(request)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.deviceId).toBe(first.body.deviceId);
    expect(again.body.credential).not.toBe(first.body.credential);
    const report = { v: 1, epoch: "epoch1", lane: "live", sequence: 1, sentAt: 1, bootId: "b", samples: [] };
    const send = (bearer: string) => world.ask("POST", "/api/v1/agent/report", { bearer, body: report });
    world.clock.advance(1_000);
    expect((await send(first.body.credential)).status).toBe(401);
    expect((await send(again.body.credential)).status).toBe(200);
    expect((await enrol(request)).body.deviceId).not.toBe(first.body.deviceId);
  });

  test.each([
    [
      "without a signature",
      (request: ReturnType<typeof requestOf>) => ({ ...request, returning: undefined }),
    ],
    [
      "with a forged signature",
      (request: ReturnType<typeof requestOf>) => ({
        ...request,
        returning: { ...request.returning, signature: "A".repeat(86) },
      }),
    ],
    [
      "for another machine",
      (request: ReturnType<typeof requestOf>) => ({
        ...request,
        machine: { ...request.machine, machineId: machineId() },
      }),
    ],
    [
      "with another key",
      (request: ReturnType<typeof requestOf>) => ({
        ...request,
        publicKey: pair().publicKey.export({ format: "jwk" }).x,
      }),
    ],
  ])("is refused %s", async (_, changed) => {
    const request = requestOf(await makeToken(), machineId(), pair());
    expect((await enrol(request)).status).toBe(201);
    expect((await enrol(changed(request))).status).toBe(403);
  });

  test("is refused for another token, after a day, and for a revoked token", async () => {
    const keys = pair();
    const machine = machineId();
    const token = await makeToken();
    const request = requestOf(token, machine, keys);
    expect((await enrol(request)).status).toBe(201);
    const spent = await makeToken();
    expect((await enrol(requestOf(spent, machineId(), pair()))).status).toBe(201);
    expect((await enrol(requestOf(spent, machine, keys))).status).toBe(403);
    expect((await enrol(requestOf(token, machine, keys, { token: spent }))).status).toBe(403);
    world.clock.advance(24 * 3_600_000 + 1);
    expect((await enrol(request)).status).toBe(403);
  });
});
