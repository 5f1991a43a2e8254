import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeviceCredentials } from "../../server/src/identity/index.ts";
import type { Store } from "../../server/src/platform/database/store.ts";
import {
  type IdentityServer,
  type IdentityWorld,
  serveIdentity,
  shell,
  startIdentity,
} from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const publicKey = "A".repeat(43);

describe.each(DIALECTS)("device credentials on %s", (dialect) => {
  let world: IdentityWorld;
  let orgId: string;
  beforeAll(async () => {
    world = await startIdentity(dialect);
  });
  beforeEach(async () => {
    ({ id: orgId } = await world.identity.organizations.create("Devices", shell.actor));
  });
  afterAll(() => world.remove());

  const enrol = async () => {
    const deviceId = randomUUID();
    const secret = await world.store.transaction((tx) =>
      world.identity.credentials.createForDevice(tx, { orgId, deviceId, publicKey }),
    );
    return { deviceId, secret };
  };
  const revoke = (deviceId: string) =>
    world.store.transaction((tx) => world.identity.credentials.revokeDevice(tx, { orgId, deviceId }));
  const authenticate = async (secret: string, { identity }: IdentityServer = world) =>
    identity.credentials.authenticateDevice(secret);

  test("authenticate their own device and nothing else", async () => {
    const first = await enrol();
    const second = await enrol();
    expect(await authenticate(first.secret)).toMatchObject({
      kind: "device",
      orgId,
      deviceId: first.deviceId,
    });
    expect(await authenticate(second.secret)).toMatchObject({ deviceId: second.deviceId });
    const organization = await world.ask("GET", "/api/v1/organization", { bearer: first.secret });
    expect(organization.status).toBe(403);
  });

  test("are checked immediately when they are cached", async () => {
    const { secret } = await enrol();
    await authenticate(secret);
    expect(world.identity.credentials.authenticateDevice(secret)).not.toBeInstanceOf(Promise);
  });

  test("are refused within half a second of their revocation by every server", async () => {
    const other = await world.addServer();
    const { deviceId, secret } = await enrol();
    await authenticate(secret);
    await authenticate(secret, other);
    await revoke(deviceId);
    world.clock.advance(500);
    await expect(authenticate(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(authenticate(secret, other)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("stay valid when another device's is revoked", async () => {
    const kept = await enrol();
    const gone = await enrol();
    await authenticate(kept.secret);
    await revoke(gone.deviceId);
    world.clock.advance(500);
    await expect(authenticate(kept.secret)).resolves.toMatchObject({ deviceId: kept.deviceId });
  });

  test("are checked together after any right was revoked", async () => {
    const devices = await Promise.all(Array.from({ length: 20 }, enrol));
    let queries = 0;
    const read = new Proxy(world.store.read, {
      get(target, name) {
        if (name === "selectFrom") queries += 1;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const server = serveIdentity({ ...world.store, read }, world.clock);
    const authenticateAll = () =>
      Promise.allSettled(devices.map(({ secret }) => authenticate(secret, server)));
    await authenticateAll();
    await revoke(devices[0]?.deviceId ?? "");
    world.clock.advance(500);
    queries = 0;
    const [first, ...others] = await authenticateAll();
    expect(first).toMatchObject({ status: "rejected", reason: { code: "unauthenticated" } });
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(["fulfilled"]));
    expect(queries).toBeLessThanOrEqual(2);
  });

  test("are checked again inside the transaction that stores a report, without waiting for anything", async () => {
    const kept = await authenticate((await enrol()).secret);
    const { deviceId, secret } = await enrol();
    const gone = await authenticate(secret);
    await recheck(world.store, world.identity.credentials, [kept.credentialId, gone.credentialId]);
    await revoke(deviceId);
    expect(world.identity.credentials.authenticateDevice(secret)).toEqual(gone);
    const refused = await recheck(world.store, world.identity.credentials, [
      kept.credentialId,
      gone.credentialId,
    ]);
    expect([...refused]).toEqual([gone.credentialId]);
    await expect(authenticate(secret)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("are read from the database once for each epoch", async () => {
    const { deviceId, secret } = await enrol();
    const { credentialId } = await authenticate(secret);
    await recheck(world.store, world.identity.credentials, [credentialId]);
    // Behind the module's back, without a new epoch: only a look into the table would notice.
    await world.store.transaction((tx) =>
      tx.deleteFrom("device_credentials").where("device_id", "=", deviceId).execute(),
    );
    expect((await recheck(world.store, world.identity.credentials, [credentialId])).size).toBe(0);
  });

  test("are refused for unknown secrets, also the second time", async () => {
    const unknown = `md_${"A".repeat(43)}`;
    for (const secret of [unknown, unknown, "md_short", ""]) {
      await expect(authenticate(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });

  test("leave nothing behind after a purge", async () => {
    const { deviceId, secret } = await enrol();
    await authenticate(secret);
    await world.store.transaction((tx) => world.identity.credentials.purgeDevice(tx, { orgId, deviceId }));
    world.clock.advance(500);
    await expect(authenticate(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    const rows = world.store.read
      .selectFrom("device_credentials")
      .selectAll()
      .where("device_id", "=", deviceId);
    expect(await rows.execute()).toEqual([]);
  });
});

/** Rechecks as the ingest does: in a transaction of the engine that has just read the epoch. */
async function recheck(
  { engine }: Store,
  credentials: DeviceCredentials,
  ids: string[],
): Promise<ReadonlySet<string>> {
  const select = "select epoch from auth_epoch";
  if (engine.kind === "sqlite") {
    return engine.runExclusive(() => {
      const epoch = engine.writer.prepare<[], number>(select).pluck().get() ?? 0;
      return credentials.recheckOnSqlite(engine.writer, epoch, ids);
    });
  }
  const client = await engine.pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ epoch: number }>(select);
    const refused = await credentials.recheckOnPostgres(client, rows[0]?.epoch ?? 0, ids);
    await client.query("commit");
    return refused;
  } finally {
    client.release();
  }
}
