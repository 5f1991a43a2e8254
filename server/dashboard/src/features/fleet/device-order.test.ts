import { DeviceSort } from "@muster/shared/contracts/device.ts";
import { expect, it } from "vitest";
import { makeDevice } from "./device.factory.ts";
import { compareDevices, sortDevices } from "./device-order.ts";

it("puts the level first, then the worst kind of reason, then names as people count", () => {
  const devices = [
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
  expect(names("asc")).toEqual(["zz-silent", "sick", "new", "Web-2", "web-10"]);
  expect(names("desc")).toEqual(["web-10", "Web-2", "new", "sick", "zz-silent"]);
});

it("puts devices without a customer behind all others", () => {
  const devices = [
    makeDevice({ id: "1" }),
    makeDevice({ id: "2", customer: "Zebra" }),
    makeDevice({ id: "3", customer: "acme" }),
  ];
  const customers = devices.toSorted(compareDevices("customer", "asc")).map(({ customer }) => customer);
  expect(customers).toEqual(["acme", "Zebra", null]);
});

it.each(DeviceSort.options)("sorts by %s as it compares", (sort) => {
  const devices = [
    makeDevice({ id: "1", name: "b", metrics: { cpu: 3 }, customer: "z" }),
    makeDevice({ id: "2", name: "a", metrics: {}, lastReportAt: null }),
    makeDevice({ id: "3", name: "a", metrics: { cpu: 9, disk: 1 }, customer: "y" }),
  ];
  for (const order of ["asc", "desc"] as const) {
    expect(sortDevices(devices, sort, order)).toEqual(devices.toSorted(compareDevices(sort, order)));
  }
});
