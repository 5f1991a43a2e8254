import { beforeAll, describe, expect, it } from "vitest";
import { makeLocalView, measured } from "./local-view.factory.ts";
import { trayChanges, type TrayModel, trayModel, trayTooltip } from "./tray-model.ts";
import { makeWindowState } from "./window-state.factory.ts";
import { createTranslations, type TrayTranslations } from "./translations.ts";

const now = { family: "linux" as const, nowMs: Date.UTC(2027, 0, 4, 12) };
let model: (view?: Parameters<typeof makeWindowState>[0]) => TrayModel;
beforeAll(async () => {
  const translations = await createTranslations("en", "en-GB");
  model = (view) => trayModel(makeWindowState(view), translations, now);
});

describe("the changes between two tray models", () => {
  it("are everything for a new tray", () => {
    expect(Object.keys(trayChanges(null, model())).toSorted()).toEqual(["icon", "menu", "tooltip"]);
  });

  it("are nothing when nothing differs", () => {
    expect(trayChanges(model(), model({ spooledSamples: 7 }))).toEqual({});
  });

  it("are the tooltip only when only metrics changed", () => {
    const after = model(measured({ cpu: 13, memory: 41, disk: 55, diskFree: 212e9 }));
    expect(trayChanges(model(), after)).toEqual({ tooltip: after.tooltip });
  });

  it("are the menu only when a message arrived", () => {
    expect(Object.keys(trayChanges(model(), model({ unreadMessages: 1 })))).toEqual(["menu"]);
  });
});

const nowMs = Date.UTC(2027, 0, 4, 12);
let translations: TrayTranslations;
beforeAll(async () => {
  translations = await createTranslations("en", "en-GB");
});

const of = (
  changes: Parameters<typeof makeLocalView>[0],
  family: "linux" | "macos" | "windows" = "linux",
  role: "embedded-engine" | "service-unreachable" = "embedded-engine",
) => trayTooltip({ view: makeLocalView(changes), role }, translations, { family, nowMs });

describe("the tooltip", () => {
  it("shows score, CPU, memory and disk", () => {
    expect(of(measured({ cpu: 12, memory: 84, disk: 55 }))).toBe(
      "front-desk-2: 79 of 100\nCPU 12%, memory 84%, disk 55%",
    );
  });

  it("shows a metric that could not be read as unknown", () => {
    const text = of(measured({ cpu: 12, disk: 55 }));
    expect(text).toContain("memory unknown");
    expect(text).not.toContain("of 100");
  });

  it("explains why there are no metrics", () => {
    expect(of({ state: { kind: "paused", untilMs: null } })).toBe("front-desk-2: Paused until you resume");
    expect(of({}, "linux", "service-unreachable")).toBe("front-desk-2: The Muster service is not responding");
    expect(
      trayTooltip({ view: null, role: "embedded-engine" }, translations, { family: "linux", nowMs }),
    ).toMatch(/^Muster: /);
  });

  it("shows that the server is not reached, with the present metrics", () => {
    const text = of({ contact: { isReached: false, lastDeliveredAtMs: null, problem: "refused" } });
    expect(text).toBe("front-desk-2: The server has not been reached yet\nCPU 12%, memory 41%, disk 55%");
  });

  it("is never longer than what Windows shows", () => {
    const hostname = "\u{1f4bb}".repeat(200);
    for (const state of [{ kind: "reporting" }, { kind: "paused", untilMs: nowMs + 1 }] as const) {
      const text = of({ hostname, state }, "windows");
      expect(text.length).toBeLessThanOrEqual(127);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it("shows a host name with tags as text where a panel would take it for rich text", () => {
    const hostname = '<img src="http://x">';
    expect(of({ hostname }, "linux")).toContain('‹img src="http://x"›');
    expect(of({ hostname }, "windows")).toContain(hostname);
  });
});
