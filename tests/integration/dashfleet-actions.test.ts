import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { commandLineActor } from "../../server/src/identity/index.ts";
import { enrolActionDevice } from "../harness/action-world.ts";
import {
  type DashfleetTenant,
  type DashfleetWorld,
  listMachines,
  makeDashfleetTenant,
  originalReport,
  startDashfleet,
} from "../harness/dashfleet-world.ts";
import { DIALECTS } from "../harness/test-store.ts";

const UNAUTHORIZED = { status: 403, body: { error: "Unauthorized" } };
const MESSAGE = { machine_id: "server-01", action_type: "message", data: { message: "Hello", title: "IT" } };

describe.each(DIALECTS)("DashFleet's actions on %s", (dialect) => {
  let world: DashfleetWorld;
  let tenant: DashfleetTenant;
  /** Reads and acts on the native routes. */
  let native: string;
  beforeAll(async () => {
    world = await startDashfleet(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeDashfleetTenant(world);
    const made = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "native", scopes: ["read", "act", "reboot"], validDays: null },
      { actor: commandLineActor("root"), requestId: null, fixedRole: "operator" },
    );
    native = made.secret;
    await appear("server-01");
  });

  const appear = (machine: string, bearer = tenant.agent) =>
    world.speak("POST", "/api/fleet/report", { bearer, body: originalReport(machine) });
  const queue = (body: object = MESSAGE, bearer = tenant.operator) =>
    world.speak("POST", "/api/actions/queue", { bearer, body });
  const pending = (machine = "server-01", bearer = tenant.agent) =>
    world.speak("GET", `/api/actions/pending?machine_id=${machine}`, { bearer });
  const tell = (body: object, bearer = tenant.agent) =>
    world.speak("POST", "/api/actions/report", { bearer, body });
  const actions = async () => (await world.ask("GET", "/api/v1/actions", { bearer: native })).body.items;
  const deviceId = async (machineId = "server-01") => {
    const devices = await listMachines(world, tenant.orgId);
    return devices.find((device) => device.machineId === machineId)?.summary.id;
  };

  test("goes from the request to the end, and every step is kept", async () => {
    const asked = await queue();
    expect(asked.status).toBe(201);
    const id = `${tenant.orgId}:server-01:${world.clock.now()}`;
    expect(asked.body).toEqual({ ok: true, action_id: id });
    expect((await pending()).body).toEqual({
      actions: [{ action_id: id, type: "message", data: { message: "Hello", title: "IT" } }],
    });
    expect((await actions())[0]).toMatchObject({ state: "executing", askedBy: { type: "compat-key" } });
    const result = { action_id: id, status: "done", result: "Notification sent (notify-send)" };
    expect(await tell(result)).toMatchObject({ status: 200, body: { ok: true } });
    const [done] = await actions();
    expect(done).toMatchObject({
      type: "message",
      payload: { title: "IT", text: "Hello" },
      state: "done",
      result: { says: "Notification sent (notify-send)" },
      error: null,
    });
    expect(done.steps.map(({ step }: { step: string }) => step)).toEqual([
      "asked",
      "delivered",
      "started",
      "ended",
    ]);
  });

  test("hands every action out once, ten at a time, oldest first", async () => {
    const asked: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const data = { message: `message ${n}` };
      asked.push((await queue({ ...MESSAGE, data })).body.action_id);
    }
    expect(new Set(asked).size).toBe(12);
    const ids = async () =>
      (await pending()).body.actions.map(({ action_id }: { action_id: string }) => action_id);
    expect([await ids(), await ids(), await ids()]).toEqual([asked.slice(0, 10), asked.slice(10), []]);
  });

  test("shares the actions between simultaneous polls without handing one out twice", async () => {
    for (let n = 0; n < 6; n += 1) await queue();
    const answers = await Promise.all(Array.from({ length: 6 }, () => pending()));
    const ids = answers.flatMap(({ body }) =>
      body.actions.map(({ action_id }: { action_id: string }) => action_id),
    );
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });

  test("ends an action whose answer never comes, and corrects it after a late one", async () => {
    const { action_id } = (await queue({ machine_id: "server-01", action_type: "restart" })).body;
    await pending();
    world.clock.advance(10 * 60_000);
    await world.runJobs("action-deadlines");
    expect((await actions())[0]).toMatchObject({ state: "error", error: { code: "no-result" } });
    expect((await pending()).body.actions).toEqual([]);
    expect((await tell({ action_id, status: "done", result: "Agent restarted" })).status).toBe(200);
    expect((await actions())[0]).toMatchObject({ state: "done", error: null });
  });

  test("counts the first of two reports of the end", async () => {
    const { action_id } = (await queue()).body;
    await pending();
    const failed = { action_id, status: "error", result: "No notification system found" };
    expect((await tell(failed)).status).toBe(200);
    expect((await tell(failed)).status).toBe(200);
    expect(await tell({ ...failed, status: "done" })).toMatchObject({ status: 200, body: { ok: true } });
    expect((await actions())[0]).toMatchObject({
      state: "error",
      error: { code: "failed", message: "No notification system found" },
    });
  });

  test("hands out nothing after a restart, with which the agent replaces itself", async () => {
    for (const action_type of ["message", "restart", "message", "reboot"]) {
      await queue({ ...MESSAGE, action_type, ...(action_type !== "message" && { data: {} }) });
    }
    const types = async () => (await pending()).body.actions.map(({ type }: { type: string }) => type);
    expect(await types()).toEqual(["message", "restart"]);
    const left = (await actions()).filter(({ state }: { state: string }) => state === "pending");
    expect(left.map(({ type }: { type: string }) => type)).toEqual(["reboot", "message"]);
    expect(await types()).toEqual(["message", "reboot"]);
  });

  test("keeps the first 2,000 characters of a result", async () => {
    const { action_id } = (await queue()).body;
    await pending();
    const result = `${"x".repeat(1999)}\u{1f600}${"y".repeat(3000)}`;
    expect((await tell({ action_id, status: "done", result })).status).toBe(200);
    expect((await actions())[0].result.says).toBe(`${"x".repeat(1999)}\ufffd`);
  });

  test("sends a native request to the legacy agent in its format, and ends immediately what it does not support", async () => {
    const id = await deviceId();
    const ask = (type: string, payload: object) =>
      world.ask("POST", "/api/v1/actions", { bearer: native, body: { type, payload, deviceIds: [id] } });
    await ask("message", { title: "IT", text: "Hello" });
    await ask("collect-agent-log", {});
    await ask("reboot", { delayMinutes: 30 });
    const { body } = await pending();
    expect(body.actions).toMatchObject([{ type: "message", data: { message: "Hello", title: "IT" } }]);
    expect(body.actions[0].action_id).toMatch(new RegExp(`^${tenant.orgId}:server-01:\\d{13}$`));
    const ended = (await actions()).filter(({ state }: { state: string }) => state === "error");
    expect(
      ended.map(({ type, error }: { type: string; error: { code: string } }) => [type, error.code]),
    ).toEqual([
      ["reboot", "not-supported"],
      ["collect-agent-log", "not-supported"],
    ]);
    await ask("reboot", {});
    expect((await pending()).body.actions).toMatchObject([{ type: "reboot", data: {} }]);
  });

  test("does not hand out what was cancelled or is over", async () => {
    await queue();
    const [cancelled] = await actions();
    await world.ask("POST", `/api/v1/actions/${cancelled.id}/cancel`, { bearer: native });
    await queue({ machine_id: "server-01", action_type: "reboot" });
    world.clock.advance(3_600_000);
    expect((await pending()).body.actions).toEqual([]);
    expect((await actions()).map(({ state }: { state: string }) => state)).toEqual(["expired", "cancelled"]);
  });

  test("records the requester in the audit log", async () => {
    await queue();
    const { items } = await world.identity.audit.list(tenant, { limit: 1 });
    expect(items).toMatchObject([
      { action: "action.queued", actor: { type: "compat-key", name: "dashfleet-operator" } },
    ]);
  });

  describe("refuses and queues nothing:", () => {
    const refusals: [string, object, number, unknown][] = [
      ["a machine that nobody knows", { ...MESSAGE, machine_id: "ghost" }, 404, "not found"],
      [
        "a message without a text",
        { ...MESSAGE, data: {} },
        400,
        {
          message: ["Missing data for required field."],
        },
      ],
      [
        "a type that is none",
        { ...MESSAGE, action_type: "format" },
        400,
        {
          action_type: ["Must be one of: message, restart, reboot."],
        },
      ],
      ["an unknown field", { ...MESSAGE, force: true }, 400, { force: ["Unknown field."] }],
    ];
    test.each(refusals)("%s", async (_, body, status, error) => {
      const answer = await queue(body);
      expect([answer.status, answer.body]).toEqual([status, { error }]);
      expect(await actions()).toEqual([]);
    });

    test("an agent's key", async () => {
      expect(await queue(MESSAGE, tenant.agent)).toMatchObject(UNAUTHORIZED);
      expect(await actions()).toEqual([]);
    });

    test("a machine of another organization, which is not affected", async () => {
      const other = await makeDashfleetTenant(world);
      expect((await queue(MESSAGE, other.operator)).status).toBe(404);
      expect((await pending("server-01", other.agent)).status).toBe(404);
      expect(await actions()).toEqual([]);
    });
  });

  describe("an answer is ignored", () => {
    async function handedOut(): Promise<string> {
      const { action_id } = (await queue()).body;
      await pending();
      return action_id;
    }
    const isUntouched = async () => expect((await actions())[0]).toMatchObject({ state: "executing" });

    test("from another organization", async () => {
      const action_id = await handedOut();
      const other = await makeDashfleetTenant(world);
      const answer = await tell({ action_id, status: "done" }, other.agent);
      expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
      await isUntouched();
    });

    test("from a machine that uses the name of another one, or whose key belongs to another one", async () => {
      const action_id = await handedOut();
      await appear("server-02");
      const bound = await tenant.makeKey(["dashfleet-agent"], "server-02");
      await tell({ action_id, status: "done", machine_id: "server-02" });
      await tell({ action_id, status: "done" }, bound);
      await isUntouched();
    });

    test("with an operator's key", async () => {
      const action_id = await handedOut();
      expect(await tell({ action_id, status: "done" }, tenant.operator)).toMatchObject(UNAUTHORIZED);
      await isUntouched();
    });

    test("about an action that is unknown, or that was not fetched", async () => {
      const unknown = await tell({ action_id: `${tenant.orgId}:server-01:1`, status: "done" });
      expect([unknown.status, unknown.body]).toEqual([200, { ok: true }]);
      const { action_id } = (await queue()).body;
      expect((await tell({ action_id, status: "done" })).status).toBe(409);
      expect((await actions())[0]).toMatchObject({ state: "pending" });
    });

    test("with an invalid status", async () => {
      const action_id = await handedOut();
      const answer = await tell({ action_id, status: "maybe" });
      expect([answer.status, answer.body]).toEqual([
        400,
        { error: { status: ["Must be one of: done, error."] } },
      ]);
      await isUntouched();
    });
  });

  test("does not expose an action of a native device, by whatever name", async () => {
    const device = await enrolActionDevice(world, tenant);
    const body = { type: "message", payload: { title: "a", text: "b" }, deviceIds: [device.id] };
    const { body: queued } = await world.ask("POST", "/api/v1/actions", { bearer: native, body });
    const { id } = queued.actions[0];
    expect(await pending(device.id)).toMatchObject(UNAUTHORIZED);
    for (const action_id of [id, `${tenant.orgId}:${device.id}:${world.clock.now()}`]) {
      await tell({ action_id, status: "done" });
    }
    expect((await actions())[0]).toMatchObject({ id, state: "pending" });
    expect((await device.claim()).orders).toHaveLength(1);
  });
});
