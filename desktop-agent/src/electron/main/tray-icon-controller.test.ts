import { beforeEach, describe, expect, it } from "vitest";
import type { TrayCommand } from "../model/tray-menu.ts";
import { menuTemplate } from "./tray-icon-controller.ts";

let performed: TrayCommand[];
beforeEach(() => {
  performed = [];
});

describe("the menu for Electron", () => {
  const template = menuTemplate(
    [
      { kind: "text", label: "vm" },
      { kind: "separator" },
      {
        kind: "submenu",
        label: "Pause",
        items: [
          {
            kind: "command",
            label: "For 30 min",
            command: { kind: "pause", forMs: 1_800_000 },
            isEnabled: true,
          },
        ],
      },
      { kind: "command", label: "Check now", command: { kind: "check-now" }, isEnabled: false },
    ],
    (command) => performed.push(command),
  );

  it("shows the items of the model", () => {
    expect(template).toMatchObject([
      { label: "vm", enabled: false },
      { type: "separator" },
      { label: "Pause", submenu: [{ label: "For 30 min", enabled: true }] },
      { label: "Check now", enabled: false },
    ]);
  });

  it("runs the commands of its items, and nothing for a text item", () => {
    expect(template[0]?.click).toBeUndefined();
    const [item] = Array.isArray(template[2]?.submenu) ? template[2].submenu : [];
    Reflect.apply(item?.click ?? expect.fail, undefined, []);
    expect(performed).toEqual([{ kind: "pause", forMs: 1_800_000 }]);
  });
});
