import { DeviceListQuery, type DeviceSummary } from "@muster/shared/contracts/device.ts";
import { ranksOf } from "@muster/shared/health/attention-rank.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ListPosition } from "../../server/src/fleet/devices/device-cursor.ts";
import { scanDevicePage } from "../../server/src/fleet/devices/device-scan.repository.ts";
import { type DeviceGiven, insertDevices, rankOf } from "../harness/fleet-rows.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
} from "../harness/fleet-server.ts";
import { createRandom } from "../harness/random.ts";
import { DIALECTS } from "../harness/test-store.ts";

const HOSTILE_NAMES = [
  "<script>alert(1)</script>",
  '"; drop table devices; --',
  "100%_done\\",
  "=cmd|'/c calc'!A1",
  "İstanbul ß ﬁ",
  "\u202eevil",
  "a".repeat(255),
  "1a".repeat(127),
  "😀".repeat(120),
];

const CRITICAL = ranksOf("critical");
const WARN = rankOf("warn");
const NONE = rankOf("none");

const random = createRandom(7);
const pick = <Item>(...items: Item[]) => items[Math.floor(random() * items.length)] as Item;
const some = (most: number) => Math.floor(random() * most * 10) / 10;

function anyDevice(index: number): DeviceGiven {
  const shown = pick("online", "offline", "asleep", "late" as const);
  return {
    hostname: HOSTILE_NAMES[index] ?? `Host-${Math.floor(random() * 40)}`,
    label: pick(null, null, `label ${index % 7}`),
    customer: pick(null, "Acme", "Zeta_Corp", "50% off"),
    tags: JSON.stringify(pick([], ["lab"], ["lab", "paris"])),
    user_name: pick(null, "ada", "Grace"),
    serial: `SN${index}`,
    class_guess: pick("server", "laptop" as const),
    class_chosen: pick(null, "vm" as const),
    os_family: pick("linux", "windows", "macos" as const),
    shown,
    connection: shown === "asleep" ? "offline" : shown,
    attention_rank: pick(CRITICAL.from, CRITICAL.from + 1, WARN, NONE, NONE),
    is_paused: pick(0, 1 as const),
    paused_until: pick(null, 1),
    archived_at: pick(null, null, null, null, 5),
    state: {
      cpu: pick(null, some(100)),
      memory: some(100),
      disk: some(100),
      last_received_at: pick(null, Math.floor(random() * 1e12)),
      status: pick("ok", "warn", "unknown" as const),
      score: Math.floor(random() * 100),
    },
  };
}

describe.each(DIALECTS)("lists of devices on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let other: FleetTenant;
  const given = Array.from({ length: 300 }, (_, index) => anyDevice(index));
  let ids: string[];

  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
    other = await makeFleetTenant(world);
    ids = (await insertDevices(world.store, tenant.orgId, given)).map(({ id }) => id);
    await insertDevices(world.store, other.orgId, [
      { hostname: "foreign" },
      { hostname: "foreign", tags: '["lab"]' },
    ]);
  });
  afterAll(() => world.remove());

  const get = (path: string, key = tenant.key) => world.ask("GET", path, { bearer: key });

  async function walk(query: string, limit = 17): Promise<DeviceSummary[]> {
    const items: DeviceSummary[] = [];
    let cursor: string | null = null;
    do {
      const next: string = cursor === null ? "" : `&cursor=${cursor}`;
      const { status, body } = await get(`/api/v1/devices?limit=${limit}&${query}${next}`);
      expect(status).toBe(200);
      items.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return items;
  }

  /** Ids of the devices that `wanted` says yes to, as the naive model has them. */
  const idsWhere = (wanted: (device: DeviceGiven) => boolean) =>
    ids.filter((_, index) => {
      const device = given[index];
      return device !== undefined && wanted(device);
    });
  const listed = (device: DeviceGiven) => device.archived_at === null;

  const sorts = ["attention", "name", "score", "cpu", "memory", "disk", "lastReport", "customer"];
  test.each(
    sorts.flatMap((sort) => [
      [sort, "asc"],
      [sort, "desc"],
    ]),
  )("return each device once in pages by %s %s, in one order", async (sort, order) => {
    const items = await walk(`sort=${sort}&order=${order}`);
    expect(items.map(({ id }) => id).toSorted()).toEqual(idsWhere(listed).toSorted());
    const whole = await walk(`sort=${sort}&order=${order}`, 200);
    expect(items.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
  });

  test.each(
    (["score", "cpu", "lastReport", "name"] as const).flatMap((sort) => [
      [sort, "asc"] as const,
      [sort, "desc"] as const,
    ]),
  )("find the same pages by %s %s slice by slice as at once", async (sort, order) => {
    const query = DeviceListQuery.parse({ sort, order, limit: 20 });
    const scan = (after: ListPosition | null, sliceDevices: number) =>
      scanDevicePage(world.store.read, tenant, query, {
        after,
        now: world.clock.now(),
        pause: async () => undefined,
        sliceDevices,
      });
    let after: ListPosition | null = null;
    for (let page = 0; page < 3; page += 1) {
      const whole = await scan(after, 1_000);
      expect(await scan(after, 23)).toEqual(whole);
      expect(await scan(after, 7)).toEqual(whole);
      const last = whole.at(-1);
      after = last ? { sortKey: last.sort_key, nameSort: last.name_sort, id: last.id } : null;
    }
  });

  test.each<[string, (device: DeviceGiven) => number]>([
    ["attention", ({ attention_rank }) => attention_rank ?? 0],
    ["score", ({ state }) => (state?.status === "unknown" ? 101 : (state?.score ?? 101))],
    ["cpu", ({ state }) => -(state?.cpu ?? -1)],
    ["memory", ({ state }) => -(state?.memory ?? -1)],
    ["disk", ({ state }) => -(state?.disk ?? -1)],
    ["lastReport", ({ state }) => -(state?.last_received_at ?? 0)],
  ])("sort by %s with the worst, highest or newest first", async (sort, keyOf) => {
    const modelOf = new Map(ids.map((id, index) => [id, given[index] ?? {}]));
    const keys = (await walk(`sort=${sort}`)).map(({ id }) => keyOf(modelOf.get(id) ?? {}));
    expect(keys).toEqual(keys.toSorted((left, right) => left - right));
  });

  test.each<[string, (device: DeviceGiven) => boolean]>([
    ["attention=critical", (d) => listed(d) && (d.attention_rank ?? 0) < CRITICAL.to],
    ["attention=warn&attention=none", (d) => listed(d) && (d.attention_rank ?? 0) >= CRITICAL.to],
    ["presence=asleep&presence=late", (d) => listed(d) && (d.shown === "asleep" || d.shown === "late")],
    ["health=unknown", (d) => listed(d) && d.state?.status === "unknown"],
    ["paused=true", (d) => listed(d) && d.is_paused === 1 && d.paused_until === null],
    ["paused=false", (d) => listed(d) && !(d.is_paused === 1 && d.paused_until === null)],
    [
      "customer=Acme&customer=50%25%20off",
      (d) => listed(d) && (d.customer === "Acme" || d.customer === "50% off"),
    ],
    ["tag=paris", (d) => listed(d) && d.tags === '["lab","paris"]'],
    ["tag=paris&tag=lab&osFamily=linux", (d) => listed(d) && d.tags !== "[]" && d.os_family === "linux"],
    ["class=vm", (d) => listed(d) && d.class_chosen === "vm"],
    ["class=laptop", (d) => listed(d) && d.class_chosen === null && d.class_guess === "laptop"],
    ["archived=true", (d) => !listed(d)],
    ["search=grace", (d) => listed(d) && d.user_name === "Grace"],
    ["search=PARIS%20ada", (d) => listed(d) && d.tags === '["lab","paris"]' && d.user_name === "ada"],
    ["search=50%25", (d) => listed(d) && d.customer === "50% off"],
    ["search=_", (d) => listed(d) && (d.customer === "Zeta_Corp" || (d.hostname ?? "").includes("_"))],
    ["search=%5C", (d) => listed(d) && (d.hostname ?? "").includes("\\")],
    ["search=sn299", (d) => listed(d) && d.serial === "SN299"],
    ["search=nothing%20of%20this%20kind", () => false],
  ])("return for %s what a naive model finds", async (query, wanted) => {
    const found = (await walk(query)).map(({ id }) => id);
    expect(found.toSorted()).toEqual(idsWhere(wanted).toSorted());
  });

  test.each(HOSTILE_NAMES.map((name, index) => [name.slice(0, 30), name, index]))(
    "find and show the name %s unchanged",
    async (_, name, index) => {
      const { body } = await get(`/api/v1/devices/${ids[index]}`);
      expect(body.hostname).toBe(name);
      if (given[index]?.archived_at !== null) return;
      const search = encodeURIComponent(name.split(" ").at(-1)?.slice(0, 200) ?? "");
      const found = await get(`/api/v1/devices?limit=200&search=${search}`);
      expect(found.body.items.map(({ id }: DeviceSummary) => id)).toContain(ids[index]);
    },
  );

  test("return complete pages while rows move between them", async () => {
    const moving = await makeFleetTenant(world);
    const made = await insertDevices(
      world.store,
      moving.orgId,
      Array.from({ length: 60 }, (_, index) => ({ state: { memory: 100 - index } })),
    );
    const page = async (next: string) =>
      (await get(`/api/v1/devices?sort=memory&limit=20${next}`, moving.key)).body;
    const first = await page("");
    const [down] = first.items;
    await world.store.transaction((tx) =>
      tx
        .updateTable("device_state")
        .set({ memory: 0.5 })
        .where("device_no", "=", made[0]?.deviceNo ?? 0)
        .execute(),
    );
    const second = await page(`&cursor=${first.nextCursor}`);
    const third = await page(`&cursor=${second.nextCursor}`);
    const seen = [...first.items, ...second.items, ...third.items].map(({ id }: DeviceSummary) => id);
    expect(seen.filter((id) => id !== down.id)).toEqual(
      made.map(({ id }) => id).filter((id) => id !== down.id),
    );
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=201", "limit"],
    ["sort=colour", "sort"],
    ["presence=gone", "presence.0"],
    ["tag=two%20words", "tag.0"],
    ["colour=blue", "colour"],
    ["cursor=nonsense", "cursor"],
  ])("refuse %s and name the parameter", async (query, path) => {
    const { status, body } = await get(`/api/v1/devices?${query}`);
    expect(status).toBe(400);
    expect(body.error.details.map((detail: { path: string }) => detail.path)).toContain(path);
  });

  test.each([
    ["attention", ["x", "y", 1]],
    ["attention", [1.5, "y"]],
    ["name", [5, "y"]],
    ["name", ["\u0000", "y"]],
    ["cpu", [null, "y"]],
    ["lastReport", [1e300, "y"]],
  ])("refuse an invented cursor for %s: %j", async (sort, values) => {
    const cursor = Buffer.from(JSON.stringify([sort, "asc", ...values, ids[0]])).toString("base64url");
    expect((await get(`/api/v1/devices?sort=${sort}&cursor=${cursor}`)).status).toBe(400);
  });

  test("refuse a cursor of another order", async () => {
    const { body } = await get("/api/v1/devices?sort=name&limit=5");
    expect((await get(`/api/v1/devices?sort=cpu&cursor=${body.nextCursor}`)).status).toBe(400);
  });

  test("summarise what is listed", async () => {
    const { body } = await get("/api/v1/devices/summary");
    const count = (wanted: (device: DeviceGiven) => boolean) =>
      idsWhere((d) => listed(d) && wanted(d)).length;
    expect(body).toMatchObject({
      total: count(() => true),
      archived: idsWhere((d) => !listed(d)).length,
      presence: {
        online: count(({ shown }) => shown === "online"),
        asleep: count(({ shown }) => shown === "asleep"),
        expired: 0,
      },
      attention: {
        critical: count(({ attention_rank }) => (attention_rank ?? 0) < CRITICAL.to),
        warn: count(({ attention_rank }) => attention_rank === WARN),
      },
      paused: count((d) => d.is_paused === 1 && d.paused_until === null),
      customers: ["50% off", "Acme", "Zeta_Corp"],
      tags: ["lab", "paris"],
      outageSuspectedSince: null,
    });
  });

  test("do not show one organization's devices to another", async () => {
    const foreign = await get("/api/v1/devices?limit=200&archived=false", other.key);
    expect(foreign.body.items.map(({ hostname }: DeviceSummary) => hostname)).toEqual(["foreign", "foreign"]);
    expect((await get("/api/v1/devices/summary", other.key)).body).toMatchObject({
      total: 2,
      customers: [],
      tags: ["lab"],
    });
    const own = ids[20] ?? "";
    const acts: [string, string, unknown?][] = [
      ["GET", ""],
      ["PATCH", "", { label: "mine" }],
      ["POST", "/archive"],
      ["POST", "/restore"],
      ["POST", "/approve"],
      ["POST", "/clone-decision", { decision: "keep" }],
      ["DELETE", ""],
    ];
    for (const [method, path, body] of acts) {
      const answer = await world.ask(method, `/api/v1/devices/${own}${path}`, { bearer: other.key, body });
      expect(answer).toMatchObject({ status: 404, body: { error: { code: "not-found" } } });
    }
  });
});

describe.each(DIALECTS)("changes of a device on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;

  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const patch = (id: string, body: unknown) =>
    world.ask("PATCH", `/api/v1/devices/${id}`, { bearer: tenant.key, body });
  const find = async (search: string) =>
    (await world.ask("GET", `/api/v1/devices?search=${search}`, { bearer: tenant.key })).body.items.length;

  test("are found by notes without their accents, each word anywhere", async () => {
    const device = await tenant.enrol();
    await patch(device.id, { label: "Empfang", notes: "Gehört Frau Müller, Rack 4" });
    expect(await find("muller%20EMPFANG")).toBe(1);
    expect(await find("M%C3%9CLLER")).toBe(1);
    expect(await find("muller%20garage")).toBe(0);
  });

  test("are shown, found, and written to the audit log", async () => {
    const device = await tenant.enrol();
    world.clock.advance(1000);
    const { status, body } = await patch(device.id, {
      label: "Reception",
      customer: "Globex",
      tags: ["floor-1", "floor-1", "nas"],
      notes: "Behind the desk.\nKey 4.",
      class: "desktop",
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: "Reception",
      label: "Reception",
      customer: "Globex",
      tags: ["floor-1", "nas"],
      notes: "Behind the desk.\nKey 4.",
      class: "desktop",
      classSource: "chosen",
    });
    expect(await find("globex")).toBe(1);
    expect(await find("nas")).toBe(1);
    world.clock.advance(1000);
    await patch(device.id, { label: null, tags: [], class: null, customer: null });
    expect(await find("globex")).toBe(0);
    expect(await find("nas")).toBe(0);
    const entries = (await world.identity.audit.list(tenant, { limit: 50 })).items;
    const own = entries.filter(({ subject }) => subject.id === device.id);
    expect(own.map(({ action }) => action)).toEqual(["device.changed", "device.changed", "device.enrolled"]);
    expect(JSON.stringify(own)).not.toContain("Key 4");
  });

  test("write nothing when they change nothing", async () => {
    const device = await tenant.enrol();
    const before = (await world.identity.audit.list(tenant, { limit: 200 })).items.length;
    expect((await patch(device.id, { label: null, tags: [] })).status).toBe(200);
    expect((await world.identity.audit.list(tenant, { limit: 200 })).items.length).toBe(before);
  });

  test("put a device into maintenance, always with an end", async () => {
    const device = await tenant.enrol();
    const until = (ms: number) => new Date(world.clock.now() + ms).toISOString();
    const { body } = await patch(device.id, { maintenanceUntil: until(3_600_000) });
    expect(body.presence).toMatchObject({ shown: "maintenance", maintenanceUntil: until(3_600_000) });
    expect((await patch(device.id, { maintenanceUntil: until(-1) })).status).toBe(400);
    expect((await patch(device.id, { maintenanceUntil: until(400 * 86_400_000) })).status).toBe(400);
    await sendReport(world, device, device.nextReport(world.clock.now()));
    world.clock.advance(3_600_001);
    await world.runJobs("fleet-presence-clock", "fleet-presence");
    const after = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
    expect(after.body.presence).toMatchObject({ maintenanceUntil: null });
    expect(after.body.presence.shown).not.toBe("maintenance");
  });

  test("let a device that waits for approval report, show it as waiting, and require a user", async () => {
    const device = await tenant.enrol({ needsApproval: true });
    expect(device.enrolment.approved).toBe(false);
    expect((await sendReport(world, device, device.nextReport(world.clock.now()))).status).toBe(200);
    const path = `/api/v1/devices/${device.id}`;
    expect((await world.ask("GET", path, { bearer: tenant.key })).body).toMatchObject({
      isApproved: false,
      presence: { shown: "waiting", connection: "online" },
      attention: { level: "warn", reasons: [{ kind: "approval-pending" }] },
    });
    const { body } = await world.ask("POST", `${path}/approve`, { bearer: tenant.key });
    expect(body).toMatchObject({
      isApproved: true,
      presence: { shown: "online" },
      attention: { level: "none" },
    });
  });

  test("give a second device with the same machine id nothing of the first, and suspect a clone once both report", async () => {
    const machineId = "f".repeat(32);
    const [one, two] = [await tenant.enrol({ machineId }), await tenant.enrol({ machineId })];
    expect(one.id).not.toBe(two.id);
    const suspected = async () => {
      await world.runJobs("fleet-clone-detection");
      return Promise.all(
        [one, two].map(async ({ id }) => {
          const { body } = await world.ask("GET", `/api/v1/devices/${id}`, { bearer: tenant.key });
          return body.isCloneSuspected;
        }),
      );
    };
    world.clock.advance(61_000);
    await sendReport(world, two, two.nextReport(world.clock.now()));
    expect(await suspected()).toEqual([false, false]);
    await sendReport(world, one, one.nextReport(world.clock.now()));
    expect(await suspected()).toEqual([true, true]);
    const clone = async (id: string) =>
      (await world.ask("GET", `/api/v1/devices/${id}`, { bearer: tenant.key })).body.clone;
    expect(await clone(one.id)).toEqual({ kind: "machine-id", others: [{ id: two.id, name: "web-1" }] });
    await world.ask("POST", `/api/v1/devices/${two.id}/archive`, { bearer: tenant.key });
    expect(await clone(one.id)).toEqual({ kind: "credential", others: [] });
  });

  test("apply customer and tags of an enrolment token, once", async () => {
    const device = await tenant.enrol({ customer: "Initech", tags: ["lab"], hostname: "lab-nas-02" });
    const { body } = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
    expect(body).toMatchObject({ customer: "Initech", tags: ["lab"], hostname: "lab-nas-02" });
    const refused = await world.ask("POST", "/api/v1/agent/enrol", {
      body: {
        token: `mt_${"x".repeat(43)}`,
        machine: { machineId: "a".repeat(32), hypervisorUuid: null },
        hostname: "h",
        osFamily: "linux",
        classGuess: "vm",
        publicKey: "A".repeat(43),
        agentVersion: "1",
      },
    });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "enrolment-refused" } } });
  });
});
