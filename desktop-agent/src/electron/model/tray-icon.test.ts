import type { LocalState, LocalView } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import { makeLocalView, measured } from "./local-view.factory.ts";
import { chooseIcon } from "./tray-icon.ts";

const icon = (changes: Partial<LocalView> = {}) =>
  chooseIcon({ view: makeLocalView(changes), role: "embedded-engine" });
const unreached: LocalView["contact"] = {
  isReached: false,
  lastDeliveredAtMs: null,
  problem: "nothing listens",
};
const full = measured({ cpu: 10, memory: 20, disk: 99, diskFree: 1e8 });

describe("the icon", () => {
  it.each([
    [{ cpu: 10, memory: 20, disk: 30 }, "ok"],
    [{ cpu: 90, memory: 70, disk: 60 }, "warn"],
    [{ cpu: 100, memory: 100, disk: 60 }, "critical"],
    [{ cpu: 10, memory: 20, disk: 99 }, "critical"],
  ] as const)("shows the attention level of %o: %s", (metrics, expected) => {
    expect(icon(measured(metrics))).toBe(expected);
  });

  it("never shows a machine of unknown health as ok", () => {
    expect(icon({ latest: null, attention: { level: "none", reasons: [] } })).toBe("unknown");
    expect(icon(measured({ cpu: 10, memory: 20 }))).toBe("unknown");
  });

  it("shows the attention level even if the score is unknown", () => {
    expect(icon(measured({ cpu: 10, disk: 99 }))).toBe("critical");
  });

  it("shows an unreached server before the metrics", () => {
    expect(icon({ ...full, contact: unreached })).toBe("offline");
  });

  it("is not offline before the first attempt", () => {
    expect(icon({ contact: { isReached: false, lastDeliveredAtMs: null, problem: null } })).toBe("ok");
  });

  it("shows a pause before an unreached server", () => {
    expect(icon({ ...full, contact: unreached, state: { kind: "paused", untilMs: null } })).toBe("paused");
  });

  const notReporting: LocalState[] = [
    { kind: "starting" },
    { kind: "not-enrolled", reason: null },
    { kind: "copied-machine" },
    { kind: "unidentified", reason: "no id" },
    { kind: "revoked" },
    { kind: "stopped" },
  ];
  it.each(notReporting)("shows $kind before everything else, as it does not report", (state) => {
    expect(icon({ ...full, contact: unreached, state })).toBe("unknown");
  });

  it("is unknown when the agent is not reached", () => {
    expect(chooseIcon({ view: null, role: "embedded-engine" })).toBe("unknown");
    expect(chooseIcon({ view: makeLocalView(), role: "service-unreachable" })).toBe("unknown");
  });
});
