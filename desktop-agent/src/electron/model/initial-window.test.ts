import { describe, expect, it } from "vitest";
import { initialWindow } from "./initial-window.ts";
import { makeLocalView } from "./local-view.factory.ts";

const notEnrolled = makeLocalView({ state: { kind: "not-enrolled", reason: null }, enrolled: null });
const seen = { isFirst: false, hasTrayHost: true };

describe("the window that opens at the start", () => {
  it("is none on a device that is set up, with a panel that shows icons", () => {
    expect(
      initialWindow({ view: makeLocalView(), role: "embedded-engine" }, { ...seen, isFirst: true }),
    ).toBeNull();
  });

  it("is the set-up only at the first start of a device that is not set up", () => {
    const state = { view: notEnrolled, role: "embedded-engine" } as const;
    expect(initialWindow(state, { ...seen, isFirst: true })).toBe("setup");
    expect(initialWindow(state, seen)).toBeNull();
  });

  it("is not the set-up when a service runs the agent", () => {
    expect(initialWindow({ view: notEnrolled, role: "service" }, { ...seen, isFirst: true })).toBeNull();
  });

  it("opens at each start when no icon is visible", () => {
    const hidden = { isFirst: false, hasTrayHost: false };
    expect(initialWindow({ view: makeLocalView(), role: "service" }, hidden)).toBe("status");
    expect(initialWindow({ view: notEnrolled, role: "embedded-engine" }, hidden)).toBe("setup");
    expect(initialWindow({ view: null, role: "service-unreachable" }, hidden)).toBe("status");
  });
});
