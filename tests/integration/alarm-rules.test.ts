import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commandLineActor } from "../../server/src/identity/index.ts";
import { type AlarmRuleWorld, startAlarmRules } from "../harness/alarm-rule-world.ts";
import { type Answer, type FleetTenant, makeFleetTenant, sendReport } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const CPU = { name: "CPU busy", type: "metric", settings: { metric: "cpu", warning: 90 } };

describe.each(DIALECTS)("alarm rules over the API on %s", (dialect) => {
  let world: AlarmRuleWorld;
  let tenant: FleetTenant;

  beforeAll(async () => {
    world = await startAlarmRules(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
  });

  const ask = (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer> =>
    world.ask(method, `/api/v1${path}`, { bearer: tenant.key, body, ...(headers && { headers }) });
  const list = async (): Promise<{ id: string; name: string; position: number }[]> =>
    (await ask("GET", "/alarm-rules")).body.items;
  async function audited(): Promise<string[]> {
    const { body } = await ask("GET", "/audit?limit=100");
    return body.items
      .map(({ action }: { action: string }) => action)
      .filter((action: string) => action.startsWith("alarm-rule."));
  }

  it("gives an organization eleven rules once, also when two requests come at the same time", async () => {
    const [one, other] = await Promise.all([list(), list()]);
    expect(one).toHaveLength(11);
    expect(other).toEqual(one);
    expect(await list()).toEqual(one);
    expect(one.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await ask("DELETE", `/alarm-rules/${one[0]?.id}`);
    await world.restart();
    expect(await list()).toHaveLength(10);
  });

  it("gives the default rules to an organization whose first device reports before anybody looks", async () => {
    const device = await tenant.enrol();
    await sendReport(world, device, device.nextReport(world.clock.now()));
    await world.runJobs("alarm-rules");
    const { length } = await world.store.read
      .selectFrom("alarm_rules")
      .select("id")
      .where("org_id", "=", tenant.orgId)
      .execute();
    expect(length).toBe(11);
  });

  it("is silent about what is older than the migration that brought the rules, and not about what is newer", async () => {
    const { id: orgId } = await world.identity.organizations.create("Migrated", commandLineActor("root"));
    const since = world.clock.now() + 60_000;
    await world.store.transaction((tx) =>
      tx.insertInto("alarm_rule_sets").values({ org_id: orgId, version: 0, default_since: since }).execute(),
    );
    await world.restart();
    const rules = await world.store.read
      .selectFrom("alarm_rules")
      .select(["created_at", "ignores_existing", "is_enabled"])
      .where("org_id", "=", orgId)
      .execute();
    expect(new Set(rules.map((rule) => JSON.stringify(rule)))).toEqual(
      new Set([JSON.stringify({ created_at: since, ignores_existing: 1, is_enabled: 1 })]),
    );
  });

  it("creates, changes and deletes a rule, each audited", async () => {
    const created = await ask("POST", "/alarm-rules", CPU);
    expect(created).toMatchObject({
      status: 201,
      body: {
        version: 1,
        position: 12,
        isEnabled: true,
        scope: { kind: "organization" },
        settings: { forS: 0 },
      },
    });
    const path = `/alarm-rules/${created.body.id}`;
    expect((await ask("PATCH", path, { name: "Busy" }, { "if-match": '"7"' })).status).toBe(412);
    const changed = await ask("PATCH", path, { name: "Busy", cooldownS: 60 }, { "if-match": '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { name: "Busy", cooldownS: 60, version: 2 } });
    expect((await ask("PATCH", path, { name: "Busy" })).body.version).toBe(2);
    expect((await ask("DELETE", path)).status).toBe(204);
    expect((await ask("GET", path)).status).toBe(404);
    expect(await audited()).toEqual(["alarm-rule.deleted", "alarm-rule.changed", "alarm-rule.created"]);
  });

  it("names the wrong field of settings and scopes", async () => {
    const wrong = async (change: object) => {
      const { status, body } = await ask("POST", "/alarm-rules", { ...CPU, ...change });
      return [status, ...(body.error.details ?? []).map(({ path }: { path: string }) => path)];
    };
    expect(await wrong({ settings: { metric: "cpu" } })).toEqual([400, "settings.warning"]);
    expect(await wrong({ settings: { metric: "cpu", warning: 1, factor: 2 } })).toEqual([
      400,
      "settings.factor",
    ]);
    expect(await wrong({ type: "offline" })).toEqual([400, "settings"]);
    const id = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
    expect(await wrong({ scope: { kind: "device", deviceId: id } })).toEqual([400, "scope.deviceId"]);
    expect(await wrong({ scope: { kind: "customer", customerId: id } })).toEqual([400, "customerId"]);
    expect(await wrong({ scope: { kind: "tag", tag: "no tag" } })).toEqual([400, "scope.tag"]);
  });

  it("duplicates a rule under a new name, switched off", async () => {
    const [rule] = await list();
    const copies = [
      await ask("POST", `/alarm-rules/${rule?.id}/duplicate`),
      await ask("POST", `/alarm-rules/${rule?.id}/duplicate`),
    ];
    expect(copies.map(({ body }) => [body.name, body.isEnabled])).toEqual([
      [`${rule?.name} (2)`, false],
      [`${rule?.name} (3)`, false],
    ]);
  });

  it("takes the order of all rules, and of all of them only", async () => {
    const ids = (await list()).map(({ id }) => id).toReversed();
    const { status, body } = await ask("PUT", "/alarm-rules/order", { ids });
    expect([status, body.items.map(({ id }: { id: string }) => id)]).toEqual([200, ids]);
    expect((await ask("PUT", "/alarm-rules/order", { ids: ids.slice(1) })).status).toBe(400);
    expect((await ask("PUT", "/alarm-rules/order", { ids: [ids[0], ...ids.slice(0, -1)] })).status).toBe(400);
  });

  it("adds packs, every rule of which is valid, up to the limit", async () => {
    const { items } = (await ask("GET", "/alarm-rule-packs")).body;
    expect(items.map(({ id, rules }: { id: string; rules: unknown[] }) => [id, rules.length])).toEqual([
      ["muster", 11],
      ["dashfleet", 4],
      ["lab", 2],
      ["devopin", 3],
      ["atlas", 5],
    ]);
    for (const { id } of items)
      expect((await ask("POST", "/alarm-rule-packs", { pack: id })).status).toBe(201);
    expect(await list()).toHaveLength(36);
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => ask("POST", "/alarm-rule-packs", { pack: "muster" })),
    );
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
    expect(await list()).toHaveLength(190);
  });

  it("adds what a pack has and the organization has not, and lists rules with the names of their scopes", async () => {
    const [first] = await list();
    await ask("DELETE", `/alarm-rules/${first?.id}`);
    const added = await ask("POST", "/alarm-rule-packs", { pack: "muster", onlyMissing: true });
    expect([added.status, added.body.items.map(({ name }: { name: string }) => name)]).toEqual([
      201,
      [first?.name],
    ]);
    const device = await tenant.enrol({ hostname: "db-7" });
    await ask("POST", "/alarm-rules", { ...CPU, scope: { kind: "device", deviceId: device.id } });
    const { body } = await ask("GET", "/alarm-rules");
    expect(body.items.at(-1)).toMatchObject({ scopeName: "db-7", openAlarms: 0 });
    expect(body.items[0]).toMatchObject({ scopeName: null, shadowedBy: null });
    await ask("POST", "/alarm-rules", { ...CPU, scope: { kind: "device", deviceId: device.id } });
    expect((await list()).at(-1)).toMatchObject({ shadowedBy: { id: body.items.at(-1).id } });
  });

  it("shows the rules of a device, and those of no other organization's device", async () => {
    const device = await tenant.enrol({ tags: ["web"] });
    const created = await ask("POST", "/alarm-rules", {
      ...CPU,
      scope: { kind: "device", deviceId: device.id },
    });
    const { body } = await ask("GET", `/devices/${device.id}/alarm-rules`);
    expect(body.items).toHaveLength(11);
    expect(body.items.at(-1)).toMatchObject({
      rule: { id: created.body.id },
      state: "normal",
      overrides: [{ name: "CPU busy" }],
    });
    const other = await makeFleetTenant(world);
    const answer = await world.ask("GET", `/api/v1/devices/${device.id}/alarm-rules`, { bearer: other.key });
    expect(answer.status).toBe(404);
    expect(
      (await world.ask("GET", `/api/v1/alarm-rules/${created.body.id}`, { bearer: other.key })).status,
    ).toBe(404);
  });
});
