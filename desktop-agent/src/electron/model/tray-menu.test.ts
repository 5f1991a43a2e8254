import type { LocalView, PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { WindowState } from "../ipc-contract.ts";
import { type TrayMenuItem, trayMenu } from "./tray-menu.ts";
import { makeWindowState } from "./window-state.factory.ts";
import { createTranslations, type TrayTranslations } from "./translations.ts";

const MINUTE_MS = 60_000;
const nowMs = new Date(2027, 0, 4, 12).getTime();
let translations: TrayTranslations;
beforeAll(async () => {
  translations = await createTranslations("en", "en-GB");
});

function menu(view: Partial<LocalView> = {}, changes: Partial<WindowState> = {}): TrayMenuItem[] {
  return trayMenu(makeWindowState(view, changes), translations, nowMs);
}
function labels(items: readonly TrayMenuItem[]): string[] {
  return items.map((item) => (item.kind === "separator" ? "-" : item.label));
}
function find(items: readonly TrayMenuItem[], label: string): TrayMenuItem | undefined {
  return items.find((item) => item.kind !== "separator" && item.label === label);
}
function pauseOf(items: readonly TrayMenuItem[]): string[] {
  const submenu = find(items, "Pause");
  return submenu?.kind === "submenu" ? labels(submenu.items) : [];
}

describe("the menu", () => {
  it("lists all commands from top to bottom", () => {
    expect(labels(menu())).toEqual([
      "front-desk-2",
      "Your computer is healthy",
      "-",
      "Open status",
      "Messages",
      "Ask IT",
      "What IT sees and did",
      "View log",
      "-",
      "Pause",
      "Check now",
      "-",
      "Setup and settings",
      "Quit Muster",
    ]);
  });

  it("runs the commands of its items", () => {
    const items = menu();
    expect(find(items, "View log")).toMatchObject({ command: { kind: "open", window: "log" } });
    expect(find(items, "Check now")).toMatchObject({ command: { kind: "check-now" }, isEnabled: true });
    expect(find(items, "Quit Muster")).toMatchObject({ command: { kind: "quit" } });
    const pause = find(items, "Pause");
    expect(
      pause?.kind === "submenu" && pause.items.map((item) => item.kind === "command" && item.command),
    ).toEqual([
      { kind: "pause", forMs: 30 * MINUTE_MS },
      { kind: "pause", forMs: 120 * MINUTE_MS },
      { kind: "pause", forMs: null },
    ]);
  });

  it("counts unread messages", () => {
    expect(labels(menu({ unreadMessages: 1 }))).toContain("Messages (1 new)");
    expect(labels(menu({ unreadMessages: 12 }))).toContain("Messages (12 new)");
  });

  it("shows the names of the device and its organization as text, whatever they contain", () => {
    const enrolled = {
      deviceId: "0198c0de-0000-7000-8000-000000000001",
      server: "https://x",
      organization: "A&B\u202e\n",
      intervalS: 30,
    };
    const items = menu({ hostname: "R&D\u0000<b>", enrolled, pause: { isAllowed: true, longestMs: 0 } });
    expect(labels(items)[0]).toBe("R&&D <b>");
    expect(labels(items)).toContain("Pausing is disabled by A&&B");
  });

  it("closes only the icon when a service runs the agent", () => {
    expect(labels(menu({}, { role: "service" })).at(-1)).toBe("Close tray icon");
  });

  it("opens the windows but offers no commands while no agent is reached", () => {
    for (const state of [{ view: null }, { role: "service-unreachable" as const }]) {
      const items = menu({}, state);
      expect(labels(items)).not.toContain("Pause");
      expect(find(items, "Check now")).toMatchObject({ isEnabled: false });
      expect(find(items, "Open status")).toMatchObject({ isEnabled: true });
      expect(find(items, "Setup and settings")).toMatchObject({ isEnabled: true });
    }
  });
});

describe("the pause in the menu", () => {
  it.each([
    [null, ["For 30 min", "For 2 h", "Until I resume"]],
    [24 * 60 * MINUTE_MS, ["For 30 min", "For 2 h", "For 24 h"]],
    [120 * MINUTE_MS, ["For 30 min", "For 2 h"]],
    [90 * MINUTE_MS, ["For 30 min", "For 1 h 30 min"]],
    [30 * MINUTE_MS, ["For 30 min"]],
    [10 * MINUTE_MS, ["For 10 min"]],
  ])("respects a limit of %s ms", (longestMs, offered) => {
    expect(pauseOf(menu({ pause: { isAllowed: true, longestMs } }))).toEqual(offered);
  });

  it("is not offered to a user who is not at the console, with an explanation", () => {
    const items = menu({ pause: { isAllowed: false, longestMs: null } });
    expect(pauseOf(items)).toEqual([]);
    expect(labels(items)).toContain("Only the user at this computer can pause");
  });

  it('becomes "resume" while paused', () => {
    const items = menu({ state: { kind: "paused", untilMs: null } });
    expect(find(items, "Resume")).toMatchObject({ command: { kind: "resume" } });
    expect(pauseOf(items)).toEqual([]);
    expect(find(items, "Check now")).toMatchObject({ isEnabled: false });
  });

  it("can be ended only by a user who may pause", () => {
    const items = menu({
      state: { kind: "paused", untilMs: null },
      pause: { isAllowed: false, longestMs: null },
    });
    expect(find(items, "Resume")).toBeUndefined();
  });

  it("is hidden on a device that does not report", () => {
    const items = menu({ state: { kind: "not-enrolled", reason: null } });
    expect(labels(items).filter((label) => /paus/i.test(label))).toEqual([]);
  });
});

describe("a planned reboot", () => {
  const reboot: PlannedReboot = {
    actionId: "0198c0de-0000-7000-8000-000000000002",
    askedBy: "operator",
    reason: "updates",
    dueAtMs: nowMs + 60 * MINUTE_MS,
    latestAtMs: nowMs + 60 * MINUTE_MS,
    postponementsLeft: 0,
    warnings: [],
  };

  it("is in the menu with its time, and opens its window", () => {
    expect(find(menu({ reboot }), "Reboot planned for 13:00")).toMatchObject({
      command: { kind: "open", window: "reboot" },
    });
  });

  it("is shown with its day when it is not today", () => {
    const tomorrow = { ...reboot, dueAtMs: nowMs + 30 * 60 * MINUTE_MS };
    expect(labels(menu({ reboot: tomorrow })).join()).toMatch(/Reboot planned for Tue/);
  });
});
