import { DeviceSort } from "@muster/shared/contracts/device.ts";
import { describe, expect, it } from "vitest";
import { makeDevice, needy } from "./device.factory.ts";
import { EMPTY_QUERY } from "./fleet-query.ts";
import {
  addPage,
  applyChanges,
  compareDevices,
  type FleetRows,
  NO_ROWS,
  resort,
  sortDevices,
} from "./fleet-rows.ts";

const A = makeDevice({ id: "a" });
const B = makeDevice({ id: "b" });
const C = makeDevice({ id: "c" });
const BY_CPU = { ...EMPTY_QUERY, sort: "cpu" } as const;

function whole(): FleetRows {
  return addPage(NO_ROWS, { items: [A, B, C], nextCursor: null });
}
function partly(): FleetRows {
  return addPage(NO_ROWS, { items: [A, C], nextCursor: "more" });
}
const changed = (...devices: (typeof A)[]) => ({ changed: devices, removed: [] });

describe("a change of metrics", () => {
  it("is shown immediately if it does not move the row", () => {
    const busy = { ...B, metrics: { cpu: 99 } };
    const rows = applyChanges(whole(), changed(busy), EMPTY_QUERY);
    expect(rows.devices.get("b")).toBe(busy);
    expect(rows.order).toEqual(["a", "b", "c"]);
    expect(rows.misplaced.size).toBe(0);
  });

  it("waits if it would move the row", () => {
    const rows = applyChanges(whole(), changed(needy(C, "critical")), EMPTY_QUERY);
    expect(rows.order).toEqual(["a", "b", "c"]);
    expect([...rows.misplaced]).toEqual(["c"]);
    expect(resort(rows, EMPTY_QUERY).order).toEqual(["c", "a", "b"]);
  });

  it("is dropped when the row returns to its place", () => {
    const moved = applyChanges(whole(), changed(needy(C, "warn")), EMPTY_QUERY);
    expect(applyChanges(moved, changed(C), EMPTY_QUERY).misplaced.size).toBe(0);
  });

  it("does not change the rows that were passed in", () => {
    const before = whole();
    applyChanges(before, { changed: [needy(C, "critical")], removed: ["a"] }, EMPTY_QUERY);
    expect(before.devices.get("c")).toBe(C);
    expect(before.devices.has("a")).toBe(true);
  });
});

describe("devices that appear and disappear", () => {
  it("holds a new device back until the order is recomputed", () => {
    const rows = applyChanges(whole(), changed(makeDevice({ id: "aa" })), EMPTY_QUERY);
    expect(rows.order).toEqual(["a", "b", "c"]);
    expect(resort(rows, EMPTY_QUERY).order).toEqual(["a", "aa", "b", "c"]);
  });

  it("leaves a device to a later page when it belongs behind the last loaded row", () => {
    expect(applyChanges(partly(), changed(makeDevice({ id: "z" })), EMPTY_QUERY).misplaced.size).toBe(0);
    expect(applyChanges(partly(), changed(B), EMPTY_QUERY).misplaced.has("b")).toBe(true);
  });

  it("does not show a device twice that the stream brought before its page", () => {
    const brought = resort(applyChanges(partly(), changed(B), EMPTY_QUERY), EMPTY_QUERY);
    const rows = addPage(brought, { items: [B, makeDevice({ id: "z" })], nextCursor: null });
    expect(rows.order).toEqual(["a", "b", "c", "z"]);
  });

  it("drops what was removed or no longer matches when the order is recomputed", () => {
    const query = { ...EMPTY_QUERY, customer: ["Acme"] };
    const ours = [A, B, C].map((device) => ({ ...device, customer: "Acme" }));
    const rows = addPage(NO_ROWS, { items: ours, nextCursor: null });
    const after = applyChanges(rows, { changed: [{ ...B, customer: "Other" }], removed: ["c"] }, query);
    expect(after.misplaced.size).toBe(2);
    expect(resort(after, query).order).toEqual(["a"]);
  });

  it("ignores devices that the filter never had", () => {
    const rows = applyChanges(
      whole(),
      changed({ ...B, id: "x", archivedAt: "2026-01-15T12:00:00.000Z" }),
      EMPTY_QUERY,
    );
    expect(rows.misplaced.size).toBe(0);
    expect(rows.devices.has("x")).toBe(false);
  });

  it.each<[string, Partial<typeof EMPTY_QUERY>, Partial<typeof A>]>([
    ["system version", { osName: ["Debian 12"] }, { osName: "Debian 12" }],
    ["agent version", { agentVersion: ["9.9.9"] }, { agentVersion: "9.9.9" }],
    ["user", { user: ["ada"] }, { user: "ada" }],
    ["required reboot", { rebootRequired: true }, { rebootRequired: true }],
  ])("appear and go with the filter by %s", (_, filter, facts) => {
    const query = { ...EMPTY_QUERY, ...filter };
    const empty = addPage(NO_ROWS, { items: [], nextCursor: null });
    const appeared = resort(applyChanges(empty, changed({ ...A, ...facts }), query), query);
    expect(appeared.order).toEqual(["a"]);
    const other = { ...A, osName: "x", agentVersion: "x", user: "x", rebootRequired: false };
    expect(resort(applyChanges(appeared, changed(other), query), query).order).toEqual([]);
  });

  it("keeps a row that the server found by a text the row does not show", () => {
    const query = { ...EMPTY_QUERY, search: "hidden inventory text" };
    const rows = applyChanges(whole(), changed({ ...B, metrics: { cpu: 50 } }), query);
    expect(resort(rows, query).order).toEqual(["a", "b", "c"]);
  });
});

it("orders by metrics, with the unknown last", () => {
  const items = [
    makeDevice({ id: "idle", metrics: { cpu: 1 } }),
    makeDevice({ id: "blind", metrics: {} }),
    makeDevice({ id: "busy", metrics: { cpu: 90 } }),
  ];
  const rows = addPage(NO_ROWS, { items, nextCursor: null });
  const after = resort({ ...rows, misplaced: new Set(["idle"]) }, BY_CPU);
  expect(after.order).toEqual(["busy", "idle", "blind"]);
});

it("sorts by level, then severity, then names in natural order", () => {
  const devices = [
    makeDevice({
      id: "6",
      name: "a-less-sick",
      attention: { level: "critical", reasons: [{ kind: "health", level: "critical", score: 55 }] },
    }),
    makeDevice({ id: "1", name: "web-10" }),
    makeDevice({ id: "2", name: "Web-2" }),
    makeDevice({
      id: "3",
      name: "sick",
      attention: { level: "critical", reasons: [{ kind: "health", level: "critical", score: 20 }] },
    }),
    makeDevice({
      id: "4",
      name: "zz-silent",
      attention: { level: "critical", reasons: [{ kind: "absent", level: "critical" }] },
    }),
    makeDevice({
      id: "5",
      name: "new",
      attention: { level: "warn", reasons: [{ kind: "approval-pending", level: "warn" }] },
    }),
  ];
  const names = (order: "asc" | "desc") => sortDevices(devices, "attention", order).map(({ name }) => name);
  expect(names("asc")).toEqual(["zz-silent", "sick", "a-less-sick", "new", "Web-2", "web-10"]);
  expect(names("desc")).toEqual(["web-10", "Web-2", "new", "a-less-sick", "sick", "zz-silent"]);
});

it("sorts devices without a customer last", () => {
  const devices = [
    makeDevice({ id: "1" }),
    makeDevice({ id: "2", customer: "Zebra" }),
    makeDevice({ id: "3", customer: "acme" }),
  ];
  const customers = devices.toSorted(compareDevices("customer", "asc")).map(({ customer }) => customer);
  expect(customers).toEqual(["acme", "Zebra", null]);
});

it.each(DeviceSort.options)("sorts by %s in the order of its comparison", (sort) => {
  const devices = [
    makeDevice({ id: "1", name: "b", metrics: { cpu: 3 }, customer: "z" }),
    makeDevice({ id: "2", name: "a", metrics: {}, lastReportAt: null }),
    makeDevice({ id: "3", name: "a", metrics: { cpu: 9, disk: 1 }, customer: "y" }),
  ];
  for (const order of ["asc", "desc"] as const) {
    expect(sortDevices(devices, sort, order)).toEqual(devices.toSorted(compareDevices(sort, order)));
  }
});
