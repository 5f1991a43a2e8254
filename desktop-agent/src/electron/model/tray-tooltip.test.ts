import { beforeAll, describe, expect, it } from "vitest";
import { makeLocalView, measured } from "./local-view.factory.ts";
import { trayTooltip } from "./tray-tooltip.ts";
import { createWords, type TrayWords } from "./words.ts";

const nowMs = Date.UTC(2027, 0, 4, 12);
let words: TrayWords;
beforeAll(async () => {
  words = await createWords("en", "en-GB");
});

const of = (
  changes: Parameters<typeof makeLocalView>[0],
  family: "linux" | "macos" | "windows" = "linux",
  role: "own-engine" | "service-silent" = "own-engine",
) => trayTooltip({ view: makeLocalView(changes), role }, words, { family, nowMs });

describe("the tooltip", () => {
  it("tells score, cpu, memory and disk", () => {
    expect(of(measured({ cpu: 12, memory: 84, disk: 55 }))).toBe(
      "front-desk-2: 79 of 100\nCPU 12%, memory 84%, disk 55%",
    );
  });

  it("says of a figure that could not be read that it is unknown", () => {
    const text = of(measured({ cpu: 12, disk: 55 }));
    expect(text).toContain("memory unknown");
    expect(text).not.toContain("of 100");
  });

  it("tells why there are no figures", () => {
    expect(of({ state: { kind: "paused", untilMs: null } })).toBe("front-desk-2: Paused until you resume");
    expect(of({}, "linux", "service-silent")).toBe("front-desk-2: Muster's service does not answer");
    expect(trayTooltip({ view: null, role: "own-engine" }, words, { family: "linux", nowMs })).toMatch(
      /^Muster: /,
    );
  });

  it("tells that the server is not reached, with the figures of now", () => {
    const text = of({ contact: { isReached: false, lastDeliveredAtMs: null, problem: "refused" } });
    expect(text).toBe("front-desk-2: The server has not been reached yet\nCPU 12%, memory 41%, disk 55%");
  });

  it("is never longer than Windows shows", () => {
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
