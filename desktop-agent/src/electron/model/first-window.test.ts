import { describe, expect, it } from "vitest";
import { firstWindow } from "./first-window.ts";
import { makeLocalView } from "./local-view.factory.ts";

const notEnrolled = makeLocalView({ state: { kind: "not-enrolled", reason: null }, enrolled: null });
const seen = { isFirst: false, hasTrayHost: true };

describe("the window that opens by itself", () => {
  it("is none on a device that is set up, under a panel that shows icons", () => {
    expect(firstWindow({ view: makeLocalView(), role: "own-engine" }, { ...seen, isFirst: true })).toBeNull();
  });

  it("is the set-up at the very first start of a device that is not, and never again", () => {
    const state = { view: notEnrolled, role: "own-engine" } as const;
    expect(firstWindow(state, { ...seen, isFirst: true })).toBe("setup");
    expect(firstWindow(state, seen)).toBeNull();
  });

  it("is not the set-up where a service would have to be set up", () => {
    expect(firstWindow({ view: notEnrolled, role: "service" }, { ...seen, isFirst: true })).toBeNull();
  });

  it("is there at each start where no icon can be seen", () => {
    const hidden = { isFirst: false, hasTrayHost: false };
    expect(firstWindow({ view: makeLocalView(), role: "service" }, hidden)).toBe("status");
    expect(firstWindow({ view: notEnrolled, role: "own-engine" }, hidden)).toBe("setup");
    expect(firstWindow({ view: null, role: "service-silent" }, hidden)).toBe("status");
  });
});
