import { generateKeyPairSync, sign } from "node:crypto";
import { line } from "@muster/shared/contracts/text.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ActionDevice,
  type ActionWorld,
  enrolActionDevice,
  startActions,
} from "../harness/action-world.ts";
import { type FleetTenant, makeFleetTenant } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MESSAGE = { type: "message", payload: { title: "Hello", text: "World" } };
const SHOWN = {
  outcome: "done",
  result: { shown: [{ user: "ann", by: "notify-send" }], notShown: [], pressed: null },
} as const;

describe.each(DIALECTS)("actions on %s", (dialect) => {
  let world: ActionWorld;
  let tenant: FleetTenant;
  let operator: string;
  let device: ActionDevice;

  async function keyOf(orgId: string, scopes: ("read" | "write" | "act" | "reboot")[]): Promise<string> {
    const through = {
      kind: "command-line",
      actor: { type: "command-line", id: null, name: "tests" },
      requestId: null,
    } as const;
    const made = await world.identity.apiKeys.create(
      orgId,
      { name: scopes.join(), scopes, validDays: null },
      { ...through, fixedRole: "operator" },
    );
    return made.secret;
  }

  beforeAll(async () => {
    world = await startActions(dialect);
    tenant = await makeFleetTenant(world);
    operator = await keyOf(tenant.orgId, ["read", "write", "act", "reboot"]);
    device = await enrolActionDevice(world, tenant);
  });
  afterAll(() => world.remove());

  async function queue(body: object = {}, bearer = operator) {
    return world.ask("POST", "/api/v1/actions", {
      bearer,
      body: { ...MESSAGE, deviceIds: [device.id], ...body },
    });
  }
  async function queued(body: object = {}): Promise<string> {
    const answer = await queue(body);
    expect(answer.status).toBe(201);
    return answer.body.actions[0].id;
  }
  async function read(id: string) {
    const answer = await world.ask("GET", `/api/v1/actions/${id}`, { bearer: operator });
    expect(answer.status).toBe(200);
    return answer.body;
  }
  /** Ends whatever waits, so that a test starts with an idle device. */
  async function settle(): Promise<void> {
    const { nonce, orders } = await device.claim();
    for (const { actionId } of orders) {
      await device.start(actionId, nonce);
      await device.finish(actionId, { outcome: "error", code: "failed", message: "settled" });
    }
  }

  test("goes from the request to the confirmed end, with its requester and every step", async () => {
    const id = await queued();
    expect(world.actions.waitingFor(device.id)).toBeGreaterThan(0);
    const { nonce, orders } = await device.claim();
    expect(orders).toMatchObject([
      { actionId: id, deviceId: device.id, organizationId: tenant.orgId, nonce, ...MESSAGE },
    ]);
    expect((await device.start(id, nonce)).status).toBe(204);
    expect((await read(id)).state).toBe("executing");
    expect((await device.progress(id, "shown", null)).status).toBe(204);
    expect((await device.finish(id, SHOWN)).status).toBe(204);
    const done = await read(id);
    expect(done).toMatchObject({
      state: "done",
      result: SHOWN.result,
      error: null,
      askedBy: { type: "api-key" },
    });
    expect(done.steps.map(({ step }: { step: string }) => step)).toEqual([
      "asked",
      "delivered",
      "started",
      "shown",
      "ended",
    ]);
  });

  test("hands an action out once, and again only after its lease", async () => {
    const id = await queued();
    expect((await device.claim()).orders.map(({ actionId }) => actionId)).toEqual([id]);
    expect((await device.claim()).orders).toEqual([]);
    world.clock.advance(61_000);
    await world.runJobs("action-deadlines");
    const again = await device.claim();
    expect(again.orders.map(({ actionId }) => actionId)).toEqual([id]);
    await device.start(id, again.nonce);
    await device.finish(id, SHOWN);
  });

  test("answers the same result twice and refuses another one", async () => {
    const id = await queued();
    const { nonce } = await device.claim();
    await device.start(id, nonce);
    expect((await device.finish(id, SHOWN)).status).toBe(204);
    expect((await device.finish(id, SHOWN)).status).toBe(204);
    const other = await device.finish(id, { outcome: "error", code: "failed", message: "no" });
    expect(other).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    expect((await read(id)).state).toBe("done");
  });

  test("does not start what was cancelled in between", async () => {
    const id = await queued();
    const { nonce } = await device.claim();
    const cancel = await world.ask("POST", `/api/v1/actions/${id}/cancel`, { bearer: operator });
    expect(cancel).toMatchObject({ status: 200, body: { state: "delivered", cancelAsked: true } });
    expect((await device.start(id, nonce)).status).toBe(409);
    expect((await device.claim()).answer.body.cancelAsked).toEqual([id]);
    expect((await device.finish(id, { outcome: "cancelled" })).status).toBe(204);
    expect((await read(id)).state).toBe("cancelled");
  });

  test("cancels immediately what no device has, and nothing that has ended", async () => {
    const id = await queued();
    const path = `/api/v1/actions/${id}/cancel`;
    expect((await world.ask("POST", path, { bearer: operator })).body.state).toBe("cancelled");
    expect((await world.ask("POST", path, { bearer: operator })).status).toBe(409);
    expect((await device.claim()).orders).toEqual([]);
  });

  test("expires what no device claimed in time", async () => {
    const id = await queued({ validForS: 60 });
    world.clock.advance(60_000);
    expect((await device.claim()).orders).toEqual([]);
    expect((await read(id)).state).toBe("expired");
  });

  test("combines several waiting reboots into one, but not messages", async () => {
    const first = await queued({ type: "reboot", payload: {} });
    const second = await queued({ type: "reboot", payload: { delayMinutes: 5 } });
    const message = await queued();
    expect((await read(first)).state).toBe("cancelled");
    const { orders } = await device.claim();
    expect(orders.map(({ actionId }) => actionId)).toEqual([second, message]);
    world.clock.advance(61_000);
    await world.runJobs("action-deadlines");
    await settle();
  });

  test("combines reboots that were requested at the same moment, whatever became pending together", async () => {
    const lone = await enrolActionDevice(world, tenant);
    const asked = { type: "reboot", payload: {}, deviceIds: [lone.id] };
    const first: string = (await queue(asked)).body.actions[0].id;
    const second: string = (await queue(asked)).body.actions[0].id;
    // As two servers leave it whose transactions did not see each other.
    await world.store.transaction((tx) =>
      tx.updateTable("actions").set({ state: "pending" }).where("id", "=", first).execute(),
    );
    const { orders } = await lone.claim();
    expect(orders.map(({ actionId }) => actionId)).toEqual([second]);
    expect((await read(first)).state).toBe("cancelled");
  });

  test("starts nothing on a device that was archived or suspected after its claim", async () => {
    const lone = await enrolActionDevice(world, tenant);
    const id: string = (await queue({ deviceIds: [lone.id] })).body.actions[0].id;
    const { nonce } = await lone.claim();
    await world.ask("POST", `/api/v1/devices/${lone.id}/archive`, { bearer: operator });
    expect((await lone.start(id, nonce)).status).toBe(409);
    await world.ask("POST", `/api/v1/devices/${lone.id}/restore`, { bearer: operator });
    expect((await lone.start(id, nonce)).status).toBe(204);
    await world.ask("POST", `/api/v1/devices/${lone.id}/archive`, { bearer: operator });
    expect((await lone.start(id, nonce)).status).toBe(204);
    expect((await lone.finish(id, SHOWN)).status).toBe(204);
  });

  test("reports a reboot as done only with another boot id, and corrects one that came back late", async () => {
    const id = await queued({ type: "reboot", payload: {} });
    const { nonce } = await device.claim();
    await device.start(id, nonce);
    const back = { outcome: "done", result: { bootIdBefore: "boot-1", bootIdAfter: "boot-2" } } as const;
    expect((await device.finish(id, back, "boot-1")).status).toBe(409);
    world.clock.advance(15 * 60_000);
    await world.runJobs("action-deadlines");
    expect(await read(id)).toMatchObject({ state: "error", error: { code: "not-back" } });
    expect((await device.finish(id, back, "boot-2")).status).toBe(204);
    expect(await read(id)).toMatchObject({ state: "done", error: null });
  });

  test("queues once for the same idempotency key; with another request it is a conflict", async () => {
    const first = await queue({ idempotencyKey: "k1" });
    const second = await queue({ idempotencyKey: "k1" });
    expect(second).toEqual(first);
    expect((await queue({ idempotencyKey: "k1", payload: { title: "Other", text: "x" } })).status).toBe(409);
    await settle();
  });

  test("queues one action for ten simultaneous requests with one idempotency key", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => queue({ idempotencyKey: "k2" })));
    expect(new Set(answers.map(({ body }) => body.batchId)).size).toBe(1);
    expect((await device.claim()).orders).toHaveLength(1);
    world.clock.advance(61_000);
    await world.runJobs("action-deadlines");
    await settle();
  });

  test("shows the requester to the user of the machine, in one clean line", async () => {
    const asked = async (name: string) => {
      const { secret } = await world.identity.apiKeys.create(
        tenant.orgId,
        { name, scopes: ["act"], validDays: null },
        {
          actor: { type: "command-line", id: null, name: "tests" },
          requestId: null,
          fixedRole: "operator",
        },
      );
      await queue({}, secret);
      const [order] = (await device.claim()).orders;
      if (!order) throw new Error("no order came");
      return order.askedBy;
    };
    expect(await asked("Night shift")).toBe("Night shift");
    const hostile = `\u001b[31m${"\u{1f600}".repeat(200)}\n`;
    const told = await asked(hostile);
    expect(line(120).safeParse(told).data).toBe(told);
    expect(told).toBe(`[31m${"\u{1f600}".repeat(116)}`);
    world.clock.advance(61_000);
    await world.runJobs("action-deadlines");
    await settle();
  });

  test("accepts that a message was read while it is shown or after that, once, and of no other action", async () => {
    const stepsOf = async (id: string) =>
      (await read(id)).steps.map(({ step }: { step: string }) => step).slice(3);
    const during = await queued();
    const { nonce } = await device.claim();
    expect((await device.progress(during, "read", null)).status).toBe(409);
    await device.start(during, nonce);
    for (const _ of [1, 2]) expect((await device.progress(during, "read", null)).status).toBe(204);
    await device.finish(during, SHOWN);
    expect(await stepsOf(during)).toEqual(["read", "ended"]);

    const after = await queued();
    const claim = await device.claim();
    await device.start(after, claim.nonce);
    await device.finish(after, SHOWN);
    for (const _ of [1, 2]) expect((await device.progress(after, "read", null)).status).toBe(204);
    expect((await device.progress(after, "shown", null)).status).toBe(409);
    expect(await stepsOf(after)).toEqual(["ended", "read"]);
    expect(await read(after)).toMatchObject({ state: "done", result: SHOWN.result });

    const restart = await queued({ type: "restart", payload: {} });
    const other = await device.claim();
    await device.start(restart, other.nonce);
    expect((await device.progress(restart, "read", null)).status).toBe(409);
    await device.finish(restart, { outcome: "error", code: "failed", message: "settled" });
  });

  test("waits a day for the answer to a message that is shown", async () => {
    const id = await queued({ payload: { ...MESSAGE.payload, buttons: ["Yes"] } });
    const { nonce } = await device.claim();
    await device.start(id, nonce);
    const until = world.clock.now() + 24 * 3_600_000;
    expect((await device.progress(id, "shown", until)).status).toBe(204);
    world.clock.advance(23 * 3_600_000);
    await world.runJobs("action-deadlines");
    expect((await read(id)).state).toBe("executing");
    const pressed = { ...SHOWN, result: { ...SHOWN.result, pressed: "Yes" } };
    expect((await device.finish(id, pressed)).status).toBe(204);
    expect(await read(id)).toMatchObject({ state: "done", result: { pressed: "Yes" } });
  });

  test("returns a device its own record, newest first, without payloads and results", async () => {
    const lone = await enrolActionDevice(world, tenant);
    const record = async () => {
      const answer = await world.ask("GET", "/api/v1/agent/actions", { bearer: lone.bearer });
      expect(answer.status).toBe(200);
      return answer.body.actions;
    };
    expect(await record()).toEqual([]);
    await queued();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      world.clock.advance(1000);
      ids.unshift((await queue({ deviceIds: [lone.id] })).body.actions[0].id);
    }
    const askedAt = world.clock.now();
    const { nonce } = await lone.claim();
    const [newest = "", failed = "", waiting = ""] = ids;
    world.clock.advance(1000);
    await lone.start(newest, nonce);
    await lone.start(failed, nonce);
    world.clock.advance(1000);
    await lone.finish(newest, SHOWN);
    await lone.finish(failed, { outcome: "error", code: "nobody-reached", message: "nobody" });
    const entry = { type: "message", askedBy: "read,write,act,reboot" };
    const began = { startedAt: askedAt + 1000, endedAt: askedAt + 2000 };
    expect(await record()).toEqual([
      { ...entry, ...began, id: newest, askedAt, state: "done", errorCode: null },
      {
        ...entry,
        ...began,
        id: failed,
        askedAt: askedAt - 1000,
        state: "error",
        errorCode: "nobody-reached",
      },
      {
        ...entry,
        id: waiting,
        askedAt: askedAt - 2000,
        startedAt: null,
        endedAt: null,
        state: "delivered",
        errorCode: null,
      },
    ]);
    await settle();
  });

  describe("refuses", () => {
    test("an empty list, a payload that does not fit, an unknown type", async () => {
      expect((await queue({ deviceIds: [] })).status).toBe(400);
      const unfit = await queue({ payload: { title: "x".repeat(121), text: "y", more: 1 } });
      expect(unfit).toMatchObject({ status: 400, body: { error: { code: "bad-request" } } });
      expect(unfit.body.error.details.map(({ path }: { path: string }) => path)).toContain("payload.title");
      expect((await queue({ type: "format-disk" })).status).toBe(400);
    });

    test("a key without the right for the type", async () => {
      const actOnly = await keyOf(tenant.orgId, ["read", "act"]);
      expect((await queue({ type: "reboot", payload: {} }, actOnly)).status).toBe(403);
      expect((await queue({}, await keyOf(tenant.orgId, ["read", "write"]))).status).toBe(403);
    });

    test("a device of another organization inside a list, without revealing whose it is", async () => {
      const other = await makeFleetTenant(world);
      const foreign = await other.enrol();
      const mixed = await queue({ deviceIds: [device.id, foreign.id] });
      expect(mixed).toMatchObject({
        status: 201,
        body: { refused: [{ deviceId: foreign.id, reason: "not-found" }] },
      });
      expect((await queue({ deviceIds: [foreign.id] })).status).toBe(404);
      await settle();
    });

    test("another tenant's view, cancel and device", async () => {
      const id = await queued();
      const otherTenant = await makeFleetTenant(world);
      const other = await keyOf(otherTenant.orgId, ["read", "write", "act", "reboot"]);
      const foreign = await enrolActionDevice(world, otherTenant);
      expect((await world.ask("GET", `/api/v1/actions/${id}`, { bearer: other })).status).toBe(404);
      expect((await world.ask("POST", `/api/v1/actions/${id}/cancel`, { bearer: other })).status).toBe(404);
      expect((await world.ask("GET", "/api/v1/actions", { bearer: other })).body.items).toEqual([]);
      const { nonce } = await device.claim();
      expect((await foreign.start(id, nonce)).status).toBe(404);
      expect((await foreign.finish(id, SHOWN)).status).toBe(404);
      const sibling = await enrolActionDevice(world, tenant);
      expect((await sibling.finish(id, SHOWN)).status).toBe(404);
      await device.start(id, nonce);
      await device.finish(id, SHOWN);
    });

    test("a statement that another key signed, or that is about another device", async () => {
      const said = { says: "claim", deviceId: device.id, nonce: "n".repeat(43), bootId: "b", sentAt: 0 };
      const { privateKey } = generateKeyPairSync("ed25519");
      expect((await device.state("/api/v1/agent/actions/claim", said, privateKey)).status).toBe(403);
      const sibling = await enrolActionDevice(world, tenant);
      expect(
        (await device.state("/api/v1/agent/actions/claim", { ...said, deviceId: sibling.id })).status,
      ).toBe(403);
    });

    test("a result that is nested without end", async () => {
      const id = await queued();
      const { nonce } = await device.claim();
      await device.start(id, nonce);
      const said = { says: "result", deviceId: device.id, actionId: id, bootId: "boot-1" };
      const text = JSON.stringify({ ...said, end: { outcome: "done", result: { deep: 0 } } });
      const deep = `"deep":${"[".repeat(20_000)}${"]".repeat(20_000)}`;
      const bytes = Buffer.from(text.replace('"deep":0', deep));
      const body = {
        statement: bytes.toString("base64url"),
        signature: sign(null, bytes, device.privateKey).toString("base64url"),
      };
      const path = `/api/v1/agent/actions/${id}/result`;
      expect(await world.ask("POST", path, { bearer: device.bearer, body })).toMatchObject({ status: 400 });
      expect((await device.finish(id, SHOWN)).status).toBe(204);
    });

    test("devices that wait for approval", async () => {
      const waiting = await enrolActionDevice(world, tenant, { needsApproval: true });
      expect(await queue({ deviceIds: [waiting.id] })).toMatchObject({
        status: 409,
        body: { error: { details: [{ message: "approval-pending" }] } },
      });
    });
  });

  test("limits how many actions an organization may request at once, without affecting others", async () => {
    const crowded = await makeFleetTenant(world);
    const key = await keyOf(crowded.orgId, ["act"]);
    const nobody = (count: number) =>
      Array.from(
        { length: count },
        (_, index) => `01890a5d-ac96-774b-bcce-${String(index).padStart(12, "0")}`,
      );
    for (let turn = 0; turn < 4; turn += 1)
      expect((await queue({ deviceIds: nobody(5000) }, key)).status).toBe(404);
    expect((await queue({ deviceIds: nobody(5000) }, key)).body.error.code).toBe("rate-limited");
    const id = await queued();
    expect((await read(id)).state).toBe("pending");
    world.clock.advance(50_000);
    expect((await queue({ deviceIds: nobody(5000) }, key)).status).toBe(404);
    await settle();
  });

  test("returns the history in pages, filtered by device and state", async () => {
    const lone = await enrolActionDevice(world, tenant);
    for (let n = 0; n < 5; n += 1) await queue({ deviceIds: [lone.id] });
    const first = await world.ask("GET", `/api/v1/actions?deviceId=${lone.id}&limit=3`, { bearer: operator });
    const cursor = first.body.nextCursor;
    const rest = await world.ask("GET", `/api/v1/actions?deviceId=${lone.id}&limit=3&cursor=${cursor}`, {
      bearer: operator,
    });
    expect(first.body.items).toHaveLength(3);
    expect(rest.body.items).toHaveLength(2);
    expect(rest.body.nextCursor).toBeNull();
    const done = await world.ask("GET", `/api/v1/actions?deviceId=${lone.id}&state=done`, {
      bearer: operator,
    });
    expect(done.body.items).toEqual([]);
  });

  test("audits who requested and who cancelled", async () => {
    const id = await queued();
    await world.ask("POST", `/api/v1/actions/${id}/cancel`, { bearer: operator });
    const page = await world.identity.audit.list(tenant, { limit: 2 });
    expect(page.items.map(({ action }) => action)).toEqual(["action.cancelled", "action.queued"]);
  });
});
