import type { DeviceFacets } from "@muster/shared/contracts/device.ts";
import { ranksOf } from "@muster/shared/health/attention-rank.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DeviceGiven, insertDevices, rankOf } from "../harness/fleet-rows.ts";
import { type FleetTenant, type FleetWorld, makeFleetTenant, startFleet } from "../harness/fleet-server.ts";
import { createRandom } from "../harness/random.ts";
import { DIALECTS } from "../harness/test-store.ts";

const random = createRandom(11);
const pick = <Item>(...items: Item[]) => items[Math.floor(random() * items.length)] as Item;
const VERSIONS = ["0.1.0", "0.2.0", "0.10.0"];

function anyDevice(index: number): DeviceGiven {
  return {
    hostname: `host-${index}`,
    attention_rank: rankOf(pick("critical", "warn", "none", "none")),
    shown: pick("online", "offline", "asleep"),
    customer: pick(null, "Acme, Inc.", "Zeta"),
    tags: JSON.stringify(pick([], ["lab"], ["lab", "paris"])),
    user_name: pick(null, "", "ada", `user-${index % 5}`),
    class_guess: pick("server", "laptop"),
    class_chosen: pick(null, null, "vm"),
    os_family: pick("linux", "windows"),
    os_name: pick(null, "Debian 12", "Windows 11"),
    agent_version: pick(...VERSIONS),
    reboot_required: pick(0, 1),
    is_paused: pick(0, 1),
    paused_until: pick(null, 1),
    archived_at: pick(null, null, null, 5),
  };
}

type Value = (device: DeviceGiven) => (string | null | undefined)[];
const levelOf = ({ attention_rank: rank = 0 }: DeviceGiven) =>
  rank < ranksOf("warn").from ? "critical" : rank < ranksOf("none").from ? "warn" : "none";
const VALUES: Record<string, Value> = {
  attention: (d) => [levelOf(d)],
  presence: (d) => [d.shown],
  tag: (d) => JSON.parse(d.tags ?? "[]"),
  class: (d) => [d.class_chosen ?? d.class_guess],
  osFamily: (d) => [d.os_family],
  osName: (d) => [d.os_name],
  agentVersion: (d) => [d.agent_version],
  user: (d) => [d.user_name === "" ? null : d.user_name],
  rebootRequired: (d) => [String(d.reboot_required === 1)],
  paused: (d) => [String(d.is_paused === 1 && d.paused_until === null)],
};

describe.each(DIALECTS)("choices of filters on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  const given = Array.from({ length: 120 }, (_, index) => anyDevice(index));

  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
    await insertDevices(world.store, tenant.orgId, given);
    const other = await makeFleetTenant(world);
    await insertDevices(world.store, other.orgId, given);
  });
  afterAll(() => world.remove());

  async function ask(query: string): Promise<DeviceFacets> {
    const { status, body } = await world.ask("GET", `/api/v1/devices/facets?${query}`, {
      bearer: tenant.key,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }
  const countsOf = ({ facets }: DeviceFacets, name: string) =>
    Object.fromEntries(
      facets
        .find(({ facet }) => facet === name)
        ?.choices.map((one) => [one.name ?? one.value, one.devices]) ?? [],
    );

  function modelCounts(facet: string, isMatch: (device: DeviceGiven) => boolean): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const device of given.filter((one) => one.archived_at === null && isMatch(one))) {
      for (const value of VALUES[facet]?.(device) ?? []) if (value) counts[value] = (counts[value] ?? 0) + 1;
    }
    return counts;
  }

  test.each(Object.keys(VALUES))("count %s as a naive model does", async (facet) => {
    const answer = await ask(`facet=${facet}`);
    expect(answer.total).toBe(given.filter((one) => one.archived_at === null).length);
    expect(countsOf(answer, facet)).toEqual(modelCounts(facet, () => true));
  });

  test("count under the other filters, and without their own", async () => {
    const answer = await ask(
      "facet=attention,osFamily,tag,user&osFamily=linux&attention=critical&tag=paris&search=host",
    );
    const isLinux = (d: DeviceGiven) => d.os_family === "linux";
    const isCritical = (d: DeviceGiven) => levelOf(d) === "critical";
    const isParis = (d: DeviceGiven) => d.tags?.includes("paris") === true;
    const counts = (facet: string) => countsOf(answer, facet);
    expect(counts("attention")).toEqual(modelCounts("attention", (d) => isLinux(d) && isParis(d)));
    expect(counts("osFamily")).toEqual(modelCounts("osFamily", (d) => isCritical(d) && isParis(d)));
    expect(counts("tag")).toEqual(modelCounts("tag", (d) => isLinux(d) && isCritical(d)));
    const isAll = (d: DeviceGiven) => isLinux(d) && isCritical(d) && isParis(d);
    expect(counts("user")).toEqual(modelCounts("user", isAll));
    expect(answer.total).toBe(given.filter((d) => d.archived_at === null && isAll(d)).length);
  });

  test("give as many devices as the list has for each choice", async () => {
    const answer = await ask("facet=customerId,agentVersion,user,osName,rebootRequired&class=vm");
    for (const { facet, choices } of answer.facets) {
      for (const { value, devices } of choices) {
        const path = `/api/v1/devices?limit=200&class=vm&${facet}=${encodeURIComponent(value)}`;
        const { body } = await world.ask("GET", path, { bearer: tenant.key });
        expect(body.items.length, `${facet}=${value}`).toBe(devices);
      }
    }
    const customers = answer.facets[0]?.choices.map(({ name }) => name);
    expect(customers?.toSorted()).toEqual(["Acme, Inc.", "Zeta", null]);
  });

  test("list the most frequent first, keep the chosen one, and say how many more there are", async () => {
    const { facets } = await ask("facet=user&limit=2&user=user-3&user=nobody");
    const [first, second, ...chosen] = facets[0]?.choices ?? [];
    expect(first?.devices).toBeGreaterThanOrEqual(second?.devices ?? 0);
    expect(chosen.map(({ value }) => value).filter((value) => value === "nobody")).toEqual(["nobody"]);
    const listed = new Set([first, second, ...chosen].map((choice) => choice?.value));
    const all = Object.keys(modelCounts("user", () => true));
    expect(facets[0]?.more).toBe(all.filter((name) => !listed.has(name)).length);
  });

  test("find choices by a part of their name, whatever the case and accents", async () => {
    const answer = await ask("facet=customerId,user&find=%C3%84CM");
    expect(countsOf(answer, "customerId")).toEqual({ "Acme, Inc.": expect.any(Number) });
    expect(countsOf(answer, "user")).toEqual({});
  });

  test.each([
    ["", "facet"],
    ["facet=colour", "facet.0"],
    ["facet=user&limit=201", "limit"],
    ["facet=user&sort=name", "sort"],
  ])("refuse %j and name the parameter", async (query, path) => {
    const { status, body } = await world.ask("GET", `/api/v1/devices/facets?${query}`, {
      bearer: tenant.key,
    });
    expect(status).toBe(400);
    expect(body.error.details.map((detail: { path: string }) => detail.path)).toContain(path);
  });
});
