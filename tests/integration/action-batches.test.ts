import type { ActionBatch } from "@muster/shared/contracts/action.ts";
import type { Scope } from "@muster/shared/contracts/identity.ts";
import { wholeOrganization } from "../../server/src/platform/tenant.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ActionDevice,
  type ActionWorld,
  enrolActionDevice,
  startActions,
} from "../harness/action-world.ts";
import { type FleetTenant, makeFleetTenant } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MESSAGE = { type: "message", payload: { title: "Hello", text: "World" } };
const NONE = { pending: 0, delivered: 0, executing: 0, done: 0, error: 0, expired: 0, cancelled: 0 };
/** One more than a transaction cancels. */
const MANY = 101;

describe.each(DIALECTS)("batches of actions on %s", (dialect) => {
  let world: ActionWorld;
  let tenant: FleetTenant;
  let operator: string;
  let devices: ActionDevice[];

  beforeAll(async () => {
    world = await startActions(dialect);
    tenant = await makeFleetTenant(world);
    operator = await keyNamed("night shift");
    devices = [await enrolActionDevice(world, tenant), await enrolActionDevice(world, tenant)];
  });
  afterAll(() => world.remove());

  async function keyNamed(name: string, scopes: Scope[] = ["read", "act", "reboot"]): Promise<string> {
    const actor = { type: "command-line", id: null, name: "tests" } as const;
    const through = { kind: "command-line", actor, requestId: null, fixedRole: "operator" } as const;
    const made = await world.identity.apiKeys.create(
      tenant.orgId,
      { name, scopes, validDays: null },
      through,
    );
    return made.secret;
  }
  async function queue(body: object, bearer = operator): Promise<string> {
    const answer = await world.ask("POST", "/api/v1/actions", { bearer, body: { ...MESSAGE, ...body } });
    expect(answer.status).toBe(201);
    return answer.body.batchId;
  }
  const ids = () => devices.map(({ id }) => id);
  const ask = (path: string, method = "GET", bearer = operator) => world.ask(method, path, { bearer });
  async function list(query = ""): Promise<string[]> {
    const { status, body } = await ask(`/api/v1/action-batches${query}`);
    expect(status).toBe(200);
    return body.items.map(({ id }: ActionBatch) => id);
  }

  it("counts the states of a batch, and shows the action of a batch with one", async () => {
    const both = await queue({ deviceIds: ids() });
    const one = await queue({ deviceIds: ids().slice(0, 1) });
    const { body } = await ask("/api/v1/action-batches?limit=2");
    expect(body.items).toMatchObject([
      { id: one, counts: { ...NONE, pending: 1 }, action: { batchId: one, deviceId: ids()[0] } },
      {
        id: both,
        ...MESSAGE,
        counts: { ...NONE, pending: 2 },
        action: null,
        askedBy: { type: "api-key", name: "night shift" },
      },
    ]);
    expect((await ask(`/api/v1/action-batches/${both}`)).body).toEqual(body.items[1]);
  });

  it("acts on all devices of a filter, once for the same key, and on none when their number differs", async () => {
    const body = { ...MESSAGE, filter: { search: "web" }, expectedCount: 2, idempotencyKey: "all" };
    const first = await world.ask("POST", "/api/v1/actions", { bearer: operator, body });
    expect(first.body.actions.map(({ deviceId }: { deviceId: string }) => deviceId).toSorted()).toEqual(
      ids().toSorted(),
    );
    const added = await enrolActionDevice(world, tenant);
    const again = await world.ask("POST", "/api/v1/actions", { bearer: operator, body });
    expect(again).toEqual(first);
    const changed = { ...body, idempotencyKey: "other" };
    const refused = await world.ask("POST", "/api/v1/actions", { bearer: operator, body: changed });
    expect(refused).toMatchObject({ status: 409, body: { error: { details: [{ path: "expectedCount" }] } } });
    await world.ask("POST", `/api/v1/devices/${added.id}/archive`, { bearer: tenant.key });
  });

  it("is filtered by device, type, state, requester and time, and paged", async () => {
    const other = await keyNamed("day shift");
    world.clock.advance(60_000);
    const since = new Date(world.clock.now()).toISOString();
    const mine = await queue({ deviceIds: ids() });
    const reboot = await queue({ type: "reboot", payload: {}, deviceIds: ids().slice(1) }, other);
    expect(await list(`?since=${since}`)).toEqual([reboot, mine]);
    expect(await list(`?since=${since}&type=reboot`)).toEqual([reboot]);
    expect(await list(`?since=${since}&deviceId=${ids()[0]}`)).toEqual([mine]);
    expect(await list(`?since=${since}&state=done`)).toEqual([]);
    expect(await list(`?until=${since}`)).not.toContain(mine);
    const { body: requesters } = await ask("/api/v1/action-requesters");
    expect(requesters.items.map(({ name }: { name: string }) => name)).toEqual(["day shift", "night shift"]);
    expect(await list(`?requester=${encodeURIComponent(requesters.items[0].id)}`)).toEqual([reboot]);
    const { body: first } = await ask(`/api/v1/action-batches?since=${since}&limit=1`);
    expect(await list(`?since=${since}&limit=1&cursor=${first.nextCursor}`)).toEqual([mine]);
    expect((await ask("/api/v1/action-batches?since=yesterday")).status).toBe(400);
  });

  it("is cancelled as a whole: what waits immediately, what a device has by asking it", async () => {
    const [device] = devices;
    if (!device) throw new Error("no device");
    await device.claim();
    const batch = await queue({ deviceIds: ids() });
    await device.claim();
    const { status, body } = await ask(`/api/v1/action-batches/${batch}/cancel`, "POST");
    expect(status).toBe(200);
    expect(body.counts).toEqual({ ...NONE, delivered: 1, cancelled: 1 });
    const again = await ask(`/api/v1/action-batches/${batch}/cancel`, "POST");
    expect(again).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    const audit = await world.identity.audit.list(wholeOrganization(tenant.orgId), { limit: 1 });
    expect(audit.items).toMatchObject([
      {
        action: "action.batch-cancelled",
        subject: { type: "action-batch", id: batch },
        actor: { name: "night shift" },
      },
    ]);
  });

  it("is cancelled beyond one transaction", async () => {
    const many = await Promise.all(Array.from({ length: MANY }, () => tenant.enrol()));
    const batch = await queue({ deviceIds: many.map(({ id }) => id) });
    const { body } = await ask(`/api/v1/action-batches/${batch}/cancel`, "POST");
    expect(body.counts).toEqual({ ...NONE, cancelled: MANY });
  });

  it("needs the right of its type to be cancelled", async () => {
    const batch = await queue({ type: "reboot", payload: {}, deviceIds: ids() });
    const secret = await keyNamed("no reboots", ["read", "act"]);
    expect((await ask(`/api/v1/action-batches/${batch}/cancel`, "POST", secret)).status).toBe(403);
  });
});
