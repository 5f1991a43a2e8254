import type { PublicStatus } from "@muster/shared/contracts/status-page.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { moveStatusPage, type StatusParts } from "../../server/src/alerting/status-page/index.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import { wholeOrganization } from "../../server/src/platform/tenant.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { passObservedTime } from "../harness/pass-observed-time.ts";
import { STATUS_URL, statusPartsOf } from "../harness/status-parts.ts";
import { DIALECTS } from "../harness/test-store.ts";

const PATH = "/api/v1/status-page";
const INCIDENTS = "/api/v1/status-incidents";
const HOSTILE = `<script>alert(1)</script>"'&`;

describe.each(DIALECTS)("the status page on %s", (dialect) => {
  let world: FleetWorld;
  let parts: StatusParts;
  let app: ReturnType<typeof createApp>;
  let tenant: FleetTenant;
  let web: TestDevice;
  let db: TestDevice;

  // A server of its own for each test: devices of other tests that fall silent at the same time would be an outage of the server.
  beforeEach(async () => {
    world = await startFleet(dialect);
    parts = statusPartsOf(world);
    app = createApp({ ...world.appOptions, routes: [...world.appOptions.routes, ...parts.routes] });
    tenant = await makeFleetTenant(world);
    web = await tenant.enrol({ hostname: "secret-web", tags: ["web"], classGuess: "server" });
    db = await tenant.enrol({ hostname: "secret-db", classGuess: "server" });
    await Promise.all([report(web), report(db)]);
  });
  afterEach(() => world.remove());

  const report = (device: TestDevice) => sendReport(world, device, device.nextReport(world.clock.now()));
  async function ask(method: string, path: string, body?: object, bearer: string | null = tenant.key) {
    const headers = new Headers({ "content-type": "application/json" });
    if (bearer !== null) headers.set("authorization", `Bearer ${bearer}`);
    const answer = await app.request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) };
  }
  const visit = (page: { url: string }, path = "", language = "en") =>
    app.request(page.url.slice(STATUS_URL.length) + path, { headers: { "accept-language": language } });
  const statusOf = async (page: { url: string }): Promise<PublicStatus> =>
    (await visit(page, "/status.json")).json();
  const change = async (wanted: object) => {
    const answer = await ask("PATCH", PATH, wanted);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    return answer.json();
  };
  const COMPONENTS = [
    { name: "Website", scope: { kind: "tag", tag: "web" } },
    { name: "Everything", scope: { kind: "organization" } },
  ];
  const publish = () => change({ isEnabled: true, title: "Acme", components: COMPONENTS });
  /** Lets time pass, in which these devices report. */
  async function pass(minutes: number, ...reporting: TestDevice[]): Promise<void> {
    for (let left = minutes; left > 0; left -= 1) {
      await passObservedTime(world, 60);
      await Promise.all(reporting.map(report));
      await world.runJobs("fleet-maintenance-windows");
    }
  }
  const states = async (page: { url: string }) => (await statusOf(page)).components.map(({ state }) => state);

  it("is off until an admin switches it on, at an address that nobody guesses, and gone when it is switched off", async () => {
    expect((await ask("GET", PATH)).json()).toMatchObject({ isEnabled: false, url: null, components: [] });
    const hidden = await change({ components: COMPONENTS });
    expect(hidden.url).toMatch(/^https:\/\/muster\.example\.org\/status\/[\w-]{22}$/);
    expect((await visit(hidden)).status).toBe(404);
    const page = await change({ isEnabled: true });
    const shown = await visit(page);
    expect(shown.status).toBe(200);
    expect(shown.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    expect(shown.headers.get("cache-control")).toBe("public, max-age=5");
    const moved = (await ask("POST", `${PATH}/new-address`)).json();
    expect([(await visit(page)).status, (await visit(moved)).status]).toEqual([404, 200]);
    await change({ isEnabled: false });
    expect([(await visit(moved)).status, (await visit(moved, "/feed.xml")).status]).toEqual([404, 404]);
    expect(await parts.readAll()).not.toContainEqual(expect.objectContaining({ title: moved.title }));
  });

  it("shows the chosen names with the state of their devices, and nothing else about them", async () => {
    const page = await publish();
    expect(await states(page)).toEqual(["operational", "operational"]);
    await pass(15, web);
    expect(await states(page)).toEqual(["operational", "partial-outage"]);
    await pass(15, db);
    const status = await statusOf(page);
    expect(status).toMatchObject({ title: "Acme", state: "outage" });
    expect(status.components).toMatchObject([{ state: "outage" }, { state: "partial-outage" }]);
    for (const path of ["", "/status.json", "/feed.xml"]) {
      const text = await (await visit(page, path)).text();
      expect(text).not.toMatch(/secret-|[0-9a-f]{8}-[0-9a-f]{4}-/);
    }
  });

  it("has 90 days, whose outages are the device's", async () => {
    const page = await publish();
    await pass(15, db);
    world.clock.advance(5 * 60_000);
    const [website] = (await statusOf(page)).components;
    expect(website?.days).toHaveLength(90);
    const [own] = (await ask("GET", `/api/v1/devices/${web.id}/availability`)).json().days.slice(-1);
    expect(own.percent).toBeLessThan(100);
    expect(website?.days.at(-1)).toEqual({ day: own.day, percent: own.percent });
  });

  it("tells of maintenance before it begins, and counts nobody in it as down", async () => {
    const page = await publish();
    const startsAt = new Date(world.clock.now() + 60_000).toISOString();
    await ask("POST", "/api/v1/maintenance-windows", {
      name: "secret-name",
      scope: { kind: "devices", deviceIds: [web.id] },
      schedule: { kind: "once", startsAt, minutes: 600 },
    });
    world.clock.advance(6_000);
    const before = await statusOf(page);
    expect(before.maintenance).toMatchObject([{ startsAt, components: ["Website", "Everything"] }]);
    await pass(15, db);
    expect(await states(page)).toEqual(["maintenance", "operational"]);
    expect(await (await visit(page)).text()).not.toContain("secret-name");
  });

  it("shows incidents with their updates, and their impact until they are resolved", async () => {
    const page = await publish();
    const [website] = page.components;
    const opened = await ask("POST", INCIDENTS, {
      title: HOSTILE,
      impact: "degraded",
      componentIds: [website.id],
      text: `${HOSTILE}\nsecond line`,
    });
    expect(opened.status).toBe(201);
    expect(await states(page)).toEqual(["degraded", "operational"]);
    const html = await (await visit(page)).text();
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
    expect(html).not.toContain("<script");
    const feed = await (await visit(page, "/feed.xml", "de")).text();
    expect(feed).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;: Wird untersucht");
    const { id } = opened.json();
    await ask("POST", `${INCIDENTS}/${id}/updates`, { state: "resolved", text: "It works again." });
    const { components, incidents } = await statusOf(page);
    expect(components[0]?.state).toBe("operational");
    expect(incidents).toMatchObject([
      { components: ["Website"], state: "resolved", updates: [{ text: "It works again." }, {}] },
    ]);
    expect((await ask("DELETE", `${INCIDENTS}/${id}`)).status).toBe(204);
    expect((await ask("POST", `${INCIDENTS}/${id}/updates`, { state: "resolved", text: "x" })).status).toBe(
      404,
    );
  });

  it("keeps the ids of components when they are renamed, and refuses what does not exist", async () => {
    const page = await publish();
    const [website] = page.components;
    const renamed = await change({ components: [{ ...website, name: "Shop" }] });
    expect(renamed.components).toEqual([{ ...website, name: "Shop" }]);
    const twice = await ask("PATCH", PATH, { components: [COMPONENTS[0], COMPONENTS[0]] });
    expect(twice.status).toBe(400);
    const foreign = await (await makeFleetTenant(world)).enrol();
    const scope = { kind: "device", deviceId: foreign.id };
    const unknown = await ask("PATCH", PATH, { components: [{ name: "Foreign", scope }] });
    expect([unknown.status, unknown.json().error.details]).toEqual([
      400,
      [{ path: "components.0.scope", message: "must name a customer or device of the organization" }],
    ]);
    const incident = { title: "T", impact: "outage", componentIds: [foreign.id], text: "x" };
    expect((await ask("POST", INCIDENTS, incident)).status).toBe(400);
    expect((await ask("PATCH", PATH, { title: "New" })).status).toBe(200);
  });

  it("follows customers that are merged", async () => {
    const make = async (name: string) => (await ask("POST", "/api/v1/customers", { name })).json().id;
    const [from, into] = [await make("From"), await make("Into")];
    await change({ components: [{ name: "Them", scope: { kind: "customer", customerId: from } }] });
    await world.store.transaction((tx) => moveStatusPage(tx, tenant.orgId, from, into));
    const { components, version } = (await ask("GET", PATH)).json();
    expect(components).toMatchObject([{ scope: { customerId: into } }]);
    expect(version).toBe(3);
  });

  it("is read once for visitors who come at the same time", async () => {
    const page = await publish();
    await statusOf(page);
    world.clock.advance(1_000);
    const [first, second] = await Promise.all([statusOf(page), statusOf(page)]);
    expect(first.checkedAt).toBe(second.checkedAt);
    expect(Date.parse(first.checkedAt)).toBe(world.clock.now() - 1_000);
  });

  it("is part of the audit log, without its address", async () => {
    const page = await publish();
    const { items } = await world.identity.audit.list(wholeOrganization(tenant.orgId), { limit: 1 });
    expect(items).toMatchObject([
      { action: "status-page.changed", details: { changes: { isEnabled: { from: false, to: true } } } },
    ]);
    expect(JSON.stringify(items)).not.toContain(page.url.slice(-22));
  });
});
