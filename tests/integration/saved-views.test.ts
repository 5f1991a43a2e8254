import type { Role } from "@muster/shared/contracts/identity.ts";
import { MAX_VIEWS_OF_MEMBER, NewView, type SavedView } from "@muster/shared/contracts/saved-view.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ViewMember } from "../../server/src/fleet/views/view-row.ts";
import { createViews, type Views } from "../../server/src/fleet/views/view.service.ts";
import { UNEDITED } from "../../server/src/platform/edit-version.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { type FleetTenant, type FleetWorld, makeFleetTenant, startFleet } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const makeId = createUuidV7Factory(Date.now);
const [ACME, ZETA] = [makeId(), makeId()];
const code = (name: string) => expect.objectContaining({ code: name });

describe.each(DIALECTS)("saved views on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let views: Views;
  beforeAll(async () => {
    world = await startFleet(dialect);
    const { store, clock, identity } = world;
    views = createViews({ store, clock, makeId, audit: identity.audit });
  });
  afterAll(() => world.remove());

  async function member(role: Role, customerIds: readonly string[] | null = null): Promise<ViewMember> {
    const userId = makeId();
    await world.store.transaction(async (tx) => {
      const name = `A ${role}`;
      const user = {
        id: userId,
        email: `${userId}@x.example`,
        name,
        password_hash: "",
        created_at: 1,
        is_server_admin: 0,
      } as const;
      await tx.insertInto("users").values(user).execute();
      const is_limited = customerIds === null ? 0 : 1;
      const membership = { org_id: tenant.orgId, user_id: userId, role, created_at: 1, is_limited } as const;
      await tx
        .insertInto("memberships")
        .values({ ...membership, ...UNEDITED })
        .execute();
    });
    return { orgId: tenant.orgId, customerIds, userId, name: `A ${role}`, role };
  }
  const by = ({ userId, name }: ViewMember) => ({
    actor: { type: "user" as const, id: userId, name },
    requestId: null,
  });
  const create = (owner: ViewMember, name: string, more: object = {}, query: object = {}) =>
    views.create(owner, NewView.parse({ name, definition: { query }, ...more }), by(owner));
  const change = (who: ViewMember, { id, version }: SavedView, given: object) =>
    views.change(who, id, { change: given, version }, by(who));
  const namesFor = async (who: ViewMember) => (await views.list(who)).items.map(({ name }) => name);
  const audited = async () => {
    const { items } = await world.identity.audit.list(tenantOf(), { limit: 50 });
    return items.map(({ action }) => action).filter((action) => action.startsWith("saved-view."));
  };
  const tenantOf = () => ({ orgId: tenant.orgId, customerIds: null });

  test("are of their owner alone until they are shared, in natural order", async () => {
    tenant = await makeFleetTenant(world);
    const [ann, ben] = [await member("operator"), await member("viewer")];
    await create(ann, "Site 10", {}, { tag: ["paris"], rebootRequired: true });
    const shared = await create(ann, "Site 2", { isShared: true });
    await create(ben, "Mine");
    expect(await namesFor(ann)).toEqual(["Site 2", "Site 10"]);
    expect(await namesFor(ben)).toEqual(["Mine", "Site 2"]);
    const seen = (await views.list(ben)).items.find(({ id }) => id === shared.id);
    expect(seen).toMatchObject({ isOwn: false, mayChange: false, owner: { name: "A operator" } });
    const foreign = { ...ben, orgId: (await makeFleetTenant(world)).orgId };
    expect(await namesFor(foreign)).toEqual([]);
  });

  test("keep the whole definition", async () => {
    tenant = await makeFleetTenant(world);
    const ann = await member("viewer");
    const query = { search: "<b>", customer: ["Acme, Inc."], sort: "cpu", order: "desc" };
    const columns = [{ id: "name", widthPx: 300 }, { id: "user" }];
    const input = { name: "%_'", definition: { query, columns, density: "compact", layout: "cards" } };
    await views.create(ann, NewView.parse(input), by(ann));
    const [view] = (await views.list(ann)).items;
    expect(view?.definition).toMatchObject({
      query,
      columns: [
        { id: "name", widthPx: 300 },
        { id: "user", widthPx: null },
      ],
      density: "compact",
      layout: "cards",
    });
  });

  test("have a name once for each owner, and no more than the limit", async () => {
    tenant = await makeFleetTenant(world);
    const [ann, ben] = [await member("operator"), await member("operator")];
    await create(ann, "Müller");
    await expect(create(ann, "muller")).rejects.toThrow(code("conflict"));
    const other = await create(ann, "Other");
    await expect(change(ann, other, { name: "MÜLLER" })).rejects.toThrow(code("conflict"));
    await create(ben, "Müller");
    for (let count = 2; count < MAX_VIEWS_OF_MEMBER; count += 1) await create(ann, `View ${count}`);
    await expect(create(ann, "One more")).rejects.toThrow(code("conflict"));
    expect((await views.list(ann)).items).toHaveLength(MAX_VIEWS_OF_MEMBER);
    await change(ann, other, { name: "Still changeable" });
  });

  test("are shared by operators only, and changed by their owner and administrators", async () => {
    tenant = await makeFleetTenant(world);
    const [viewer, ann, ben, admin] = [
      await member("viewer"),
      await member("operator"),
      await member("operator"),
      await member("admin"),
    ];
    await expect(create(viewer, "V", { isShared: true })).rejects.toThrow(code("forbidden"));
    const own = await create(viewer, "V");
    await expect(change(viewer, own, { isShared: true })).rejects.toThrow(code("forbidden"));
    const view = await create(ann, "A", { isShared: true });
    await expect(change(ben, view, { name: "B" })).rejects.toThrow(code("forbidden"));
    await expect(views.remove(ben, view.id, by(ben))).rejects.toThrow(code("forbidden"));
    await expect(change(admin, own, { name: "B" })).rejects.toThrow(code("not-found"));
    const renamed = await change(admin, view, { name: "By admin" });
    await expect(change(admin, renamed, { isShared: false })).rejects.toThrow(code("forbidden"));
    await expect(change(ann, view, { name: "Stale" })).rejects.toThrow(code("precondition-failed"));
    const demoted = { ...ann, role: "viewer" as const };
    await expect(change(demoted, renamed, { name: "C" })).rejects.toThrow(code("forbidden"));
    const unshared = await change(demoted, renamed, { isShared: false });
    expect(await namesFor(ben)).toEqual([]);
    const again = await change(ann, unshared, { isShared: true });
    await views.remove(admin, again.id, by(admin));
    expect(await audited()).toEqual([
      "saved-view.removed",
      "saved-view.shared",
      "saved-view.unshared",
      "saved-view.changed",
      "saved-view.shared",
    ]);
  });

  test("of others are known to a limited member only where they are about the customers within the limit", async () => {
    tenant = await makeFleetTenant(world);
    const [ann, limited] = [await member("operator"), await member("operator", [ACME])];
    await create(ann, "Acme", { isShared: true }, { customerId: [ACME] });
    const hidden = [
      await create(ann, "Both", { isShared: true }, { customerId: [ACME, ZETA] }),
      await create(ann, "None", { isShared: true }, { customerId: ["none"] }),
      await create(ann, "All", { isShared: true }, { tag: ["zeta"] }),
      await create(ann, "By name", { isShared: true }, { customerId: [ACME], customer: ["Zeta"] }),
    ];
    await create(limited, "Own");
    expect(await namesFor(limited)).toEqual(["Acme", "Own"]);
    for (const view of hidden) {
      await expect(views.setDefault(limited, view.id)).rejects.toThrow(code("not-found"));
      await expect(change(limited, view, { name: "X" })).rejects.toThrow(code("not-found"));
      await expect(views.remove(limited, view.id, by(limited))).rejects.toThrow(code("not-found"));
    }
  });

  test("can be the one that a member begins with, for as long as the member can open it", async () => {
    tenant = await makeFleetTenant(world);
    const [ann, ben] = [await member("operator"), await member("viewer")];
    const view = await create(ann, "A", { isShared: true });
    const other = await create(ben, "B");
    await views.setDefault(ben, other.id);
    await views.setDefault(ben, view.id);
    expect((await views.list(ben)).defaultViewId).toBe(view.id);
    expect((await views.list(ann)).defaultViewId).toBeNull();
    const unshared = await change(ann, view, { isShared: false });
    expect((await views.list(ben)).defaultViewId).toBeNull();
    await change(ann, unshared, { isShared: true });
    expect((await views.list(ben)).defaultViewId).toBe(view.id);
    await views.remove(ann, view.id, by(ann));
    expect((await views.list(ben)).defaultViewId).toBeNull();
    await views.setDefault(ben, null);
  });

  test("follow a customer that is merged into another one", async () => {
    tenant = await makeFleetTenant(world);
    const ann = await member("operator");
    const ask = (path: string, body: unknown) => world.ask("POST", path, { bearer: tenant.key, body });
    const [from, into] = [
      (await ask("/api/v1/customers", { name: "Old" })).body.id,
      (await ask("/api/v1/customers", { name: "New" })).body.id,
    ];
    const { version } = await create(ann, "Of it", {}, { customerId: [from] });
    expect((await ask(`/api/v1/customers/${from}/merge`, { into })).status).toBe(200);
    const [view] = (await views.list(ann)).items;
    expect(view?.definition.query.customerId).toEqual([into]);
    // Who saves what they had seen before would bring the merged customer back.
    expect(view?.version).toBe(version + 1);
  });

  test("go with their owner, but for the shared ones", async () => {
    tenant = await makeFleetTenant(world);
    const [ann, ben] = [await member("operator"), await member("viewer")];
    const [own, shared] = [await create(ann, "Own"), await create(ann, "Shared", { isShared: true })];
    await views.setDefault(ann, own.id);
    await views.setDefault(ben, shared.id);
    await world.store.transaction((tx) =>
      tx.deleteFrom("memberships").where("user_id", "=", ann.userId).execute(),
    );
    const rows = await world.store.read
      .selectFrom("saved_views")
      .select("id")
      .where("org_id", "=", tenant.orgId)
      .execute();
    expect(rows).toEqual([{ id: shared.id }]);
    expect((await views.list(ben)).defaultViewId).toBe(shared.id);
  });
});
