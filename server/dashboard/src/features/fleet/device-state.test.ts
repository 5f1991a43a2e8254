import type { DeviceSummary, Presence } from "@muster/shared/contracts/device.ts";
import { expect, it } from "vitest";
import { makeDevice, needy } from "./device.factory.ts";
import { shownSince, shownState } from "./device-state.ts";

const WELL = makeDevice({ id: "well" });
const BLIND: DeviceSummary = { ...WELL, health: { status: "unknown", missing: ["disk"] } };

function seen(device: DeviceSummary, presence: Partial<Presence>): DeviceSummary {
  return { ...device, presence: { ...device.presence, ...presence } };
}

it.each([
  ["a device that is well", WELL, "ok"],
  ["a late one", seen(WELL, { shown: "late" }), "late"],
  ["a late one that needs a person", seen(needy(WELL, "warn"), { shown: "late" }), "warn"],
  ["one that needs a person", needy(WELL, "warn"), "warn"],
  ["old figures of a silent one", seen(needy(WELL, "critical"), { shown: "asleep" }), "asleep"],
  ["a shut down one", seen(WELL, { shown: "shutting-down" }), "offline"],
  ["one that is silent without an excuse", seen(WELL, { shown: "offline", isAbsent: true }), "absent"],
  ["a paused one", seen(WELL, { paused: { until: null } }), "paused"],
  [
    "a paused one that needs a person",
    seen(needy(WELL, "critical"), { paused: { until: null } }),
    "critical",
  ],
  [
    "one in maintenance, whatever else",
    seen(needy(WELL, "critical"), { shown: "maintenance" }),
    "maintenance",
  ],
  ["one without figures", BLIND, "unknown"],
  ["one that has not reported yet", seen(BLIND, { shown: "waiting" }), "waiting"],
])("shows %s by its shape", (_, device, state) => {
  expect(shownState(device)).toBe(state);
});

it("counts the time without a report from the last report, and presence from the change of the connection", () => {
  const lastReportAt = "2026-01-15T11:00:00.000Z";
  const since = "2026-01-10T09:00:00.000Z";
  const at = (shown: Presence["shown"]) => shownSince({ ...seen(WELL, { shown, since }), lastReportAt });
  expect(at("asleep")).toBe(lastReportAt);
  expect(at("offline")).toBe(lastReportAt);
  expect(at("online")).toBe(since);
  expect(at("maintenance")).toBeNull();
});
