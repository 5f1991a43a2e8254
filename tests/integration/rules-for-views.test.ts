import { NewView, type SavedView, ViewQuery } from "@muster/shared/contracts/saved-view.ts";
import { NO_CUSTOMER } from "@muster/shared/customers.ts";
import { isInView } from "@muster/shared/view-scope.ts";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ViewMember } from "../../server/src/fleet/views/view-row.ts";
import { createViews, type Views } from "../../server/src/fleet/views/view.service.ts";
import { UNEDITED } from "../../server/src/platform/edit-version.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { type AlarmRuleWorld, startAlarmRules } from "../harness/alarm-rule-world.ts";
import { type FleetTenant, makeFleetTenant, sendReport, type TestDevice } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const makeId = createUuidV7Factory(Date.now);

describe.each(DIALECTS)("alarm rules for views on %s", (dialect) => {
  let world: AlarmRuleWorld;
  let tenant: FleetTenant;
  let member: ViewMember;
  let views: Views;
  beforeAll(async () => {
    world = await startAlarmRules(dialect);
    const { store, clock, identity, alerting } = world;
    views = createViews({ store, clock, makeId, audit: identity.audit, uses: alerting.viewUses });
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    member = { orgId: tenant.orgId, customerIds: null, userId: makeId(), name: "Ann", role: "owner" };
    const user = { email: `${member.userId}@x.example`, name: "Ann", password_hash: "", created_at: 1 };
    const membership = {
      org_id: tenant.orgId,
      user_id: member.userId,
      role: "owner",
      created_at: 1,
    } as const;
    await world.store.transaction(async (tx) => {
      await tx
        .insertInto("users")
        .values({ id: member.userId, is_server_admin: 0, ...user })
        .execute();
      await tx
        .insertInto("memberships")
        .values({ ...membership, is_limited: 0, ...UNEDITED })
        .execute();
    });
  });

  const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.ask(method, `/api/v1${path}`, { bearer: tenant.key, body, ...(headers && { headers }) });
  const by = () => ({ actor: { type: "user" as const, id: member.userId, name: "Ann" }, requestId: null });
  const share = (name: string, query: object, isShared = true) =>
    views.create(member, NewView.parse({ name, isShared, definition: { query } }), by());
  const change = ({ id, version }: SavedView, given: object) =>
    views.change(member, id, { change: given, version }, by());
  const filter = (query: object) => ({ definition: { query: ViewQuery.parse(query), columns: [] } });
  const addRule = (viewId: string) =>
    ask("POST", "/alarm-rules", {
      name: "Outdated web servers",
      type: "agent-outdated",
      settings: { forS: 0 },
      scope: { kind: "view", viewId },
    });
  const tagged = (device: TestDevice, tags: string[]) =>
    ask("PATCH", `/devices/${device.id}`, { tags }, { "if-match": "*" });
  async function told(): Promise<string[]> {
    await world.runJobs("alarm-rules", "alarm-signals");
    return world
      .takeTransitions()
      .filter(({ orgId, ruleId }) => orgId === tenant.orgId && ruleId !== undefined)
      .map((one) => `${one.kind}${one.kind === "ended" ? ` ${one.reason}` : ""}`);
  }
  async function reportingDevice(tags: string[]): Promise<TestDevice> {
    const device = await tenant.enrol({ tags });
    await sendReport(world, device, device.nextReport(world.clock.now()));
    return device;
  }

  it("apply to the devices that the view lists, and follow devices and the view", async () => {
    const device = await reportingDevice(["db"]);
    const view = await share("Web", { tag: ["web"] });
    const { status, body: rule } = await addRule(view.id);
    expect([status, rule.scope]).toEqual([201, { kind: "view", viewId: view.id }]);
    const { items } = (await ask("GET", "/alarm-rules")).body;
    expect(items.find(({ id }: { id: string }) => id === rule.id)).toMatchObject({ scopeName: "Web" });
    await told();
    await tagged(device, ["web"]);
    expect(await told()).toEqual(["violated"]);
    const { items: effective } = (await ask("GET", `/devices/${device.id}/alarm-rules`)).body;
    const [own] = effective.filter((one: { rule: { id: string } }) => one.rule.id === rule.id);
    expect(own.overrides).toMatchObject([{ name: "Agent outdated", scope: { kind: "organization" } }]);
    await change(view, filter({ tag: ["db"] }));
    expect(await told()).toEqual(["ended rule-changed"]);
  });

  it("keep their view shared, undeleted and free of filters that change with reports", async () => {
    const view = await share("Web", { tag: ["web"] });
    const { body: rule } = await addRule(view.id);
    const needed = (why: string) =>
      expect.objectContaining({ code: "conflict", message: expect.stringContaining(why) });
    await expect(change(view, { isShared: false })).rejects.toEqual(needed('"Outdated web servers". It has'));
    await expect(change(view, filter({ presence: ["offline"] }))).rejects.toEqual(needed("presence"));
    await expect(views.remove(member, view.id, by())).rejects.toEqual(needed("cannot be deleted"));
    await change(view, { name: "Web servers" });
    await ask("DELETE", `/alarm-rules/${rule.id}`);
    await views.remove(member, view.id, by());
  });

  it("refuse a view that is private, unknown, of another organization, or follows how devices are doing", async () => {
    const mine = await share("Mine", { tag: ["web"] }, false);
    const state = await share("Ill", { attention: ["critical"], search: "web" });
    for (const id of [mine.id, makeId()]) {
      expect((await addRule(id)).body.error.details).toEqual([
        { path: "scope.viewId", message: "must be the id of a shared view" },
      ]);
    }
    expect((await addRule(state.id)).body.error.details[0].message).toContain("search, attention");
    const shared = await share("Web", { tag: ["web"] });
    tenant = await makeFleetTenant(world);
    expect((await addRule(shared.id)).status).toBe(400);
  });

  it("decide as the list of devices does", async () => {
    const customers = ["Acme", "Zeta"];
    const devices: TestDevice[] = [];
    for (let index = 0; index < 12; index += 1) {
      devices.push(
        await tenant.enrol({
          hostname: `d${index}`,
          classGuess: index % 2 === 0 ? "server" : "laptop",
          osFamily: index % 3 === 0 ? "windows" : "linux",
          customer: customers[index % 4] ?? null,
          tags: ["a", "b", "c"].filter((_, bit) => ((index >> bit) & 1) === 1),
        }),
      );
    }
    const rows = await world.store.read
      .selectFrom("devices")
      .selectAll()
      .where("org_id", "=", tenant.orgId)
      .execute();
    const ids = [...new Set(rows.flatMap(({ customer_id }) => customer_id ?? []))];
    const some = (...values: string[]) => fc.subarray(values, { maxLength: 2 });
    const query = fc.record({
      customer: some("acme", "Zeta", "Nobody"),
      customerId: some(NO_CUSTOMER, ...ids),
      tag: some("a", "b", "c"),
      class: some("server", "laptop"),
      osFamily: some("windows", "linux", "macos"),
    });
    await fc.assert(
      fc.asyncProperty(query, async (given) => {
        const parsed = ViewQuery.parse(given);
        const parameters = Object.entries(given).flatMap(([name, values]) =>
          values.map((value): [string, string] => [name, value]),
        );
        const listed = await ask("GET", `/devices?limit=50&${new URLSearchParams(parameters)}`);
        expect(listed.status).toBe(200);
        const found = rows.filter((row) =>
          isInView(parsed, {
            customerId: row.customer_id,
            customer: row.customer,
            tags: new Set(JSON.parse(row.tags)),
            deviceClass: row.class_chosen ?? row.class_guess,
            osFamily: row.os_family,
            osName: row.os_name,
          }),
        );
        const listedIds = listed.body.items.map(({ id }: { id: string }) => id);
        expect(found.map(({ id }) => id).toSorted()).toEqual(listedIds.toSorted());
      }),
      { numRuns: 40 },
    );
  });
});
