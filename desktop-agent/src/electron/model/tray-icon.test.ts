import type { LocalState, LocalView } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import { makeLocalView, measured } from "./local-view.factory.ts";
import { chooseIcon } from "./tray-icon.ts";

const icon = (changes: Partial<LocalView> = {}) =>
  chooseIcon({ view: makeLocalView(changes), role: "own-engine" });
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
  ] as const)("follows the attention that %o needs: %s", (figures, expected) => {
    expect(icon(measured(figures))).toBe(expected);
  });

  it("says nothing good of a machine whose health is not known", () => {
    expect(icon({ latest: null, attention: { level: "none", reasons: [] } })).toBe("unknown");
    expect(icon(measured({ cpu: 10, memory: 20 }))).toBe("unknown");
  });

  it("shows what needs attention though the score is not known", () => {
    expect(icon(measured({ cpu: 10, disk: 99 }))).toBe("critical");
  });

  it("puts an unreached server before the figures", () => {
    expect(icon({ ...full, contact: unreached })).toBe("offline");
  });

  it("does not say offline before the first try", () => {
    expect(icon({ contact: { isReached: false, lastDeliveredAtMs: null, problem: null } })).toBe("ok");
  });

  it("puts a pause before an unreached server", () => {
    expect(icon({ ...full, contact: unreached, state: { kind: "paused", untilMs: null } })).toBe("paused");
  });

  const silent: LocalState[] = [
    { kind: "starting" },
    { kind: "not-enrolled", reason: null },
    { kind: "copied-machine" },
    { kind: "unidentified", reason: "no id" },
    { kind: "revoked" },
    { kind: "stopped" },
  ];
  it.each(silent)("puts $kind before everything, as it does not report", (state) => {
    expect(icon({ ...full, contact: unreached, state })).toBe("unknown");
  });

  it("knows nothing of an agent that it does not reach", () => {
    expect(chooseIcon({ view: null, role: "own-engine" })).toBe("unknown");
    expect(chooseIcon({ view: makeLocalView(), role: "service-silent" })).toBe("unknown");
  });
});
