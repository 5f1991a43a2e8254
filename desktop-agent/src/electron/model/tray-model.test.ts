import { beforeAll, describe, expect, it } from "vitest";
import { measured } from "./local-view.factory.ts";
import { trayChanges, type TrayModel, trayModel } from "./tray-model.ts";
import { makeWindowState } from "./window-state.factory.ts";
import { createWords } from "./words.ts";

const now = { family: "linux" as const, nowMs: Date.UTC(2027, 0, 4, 12) };
let model: (view?: Parameters<typeof makeWindowState>[0]) => TrayModel;
beforeAll(async () => {
  const words = await createWords("en", "en-GB");
  model = (view) => trayModel(makeWindowState(view), words, now);
});

describe("what has to be touched", () => {
  it("is everything on a new tray", () => {
    expect(Object.keys(trayChanges(null, model())).toSorted()).toEqual(["icon", "menu", "tooltip"]);
  });

  it("is nothing when the same is to be seen", () => {
    expect(trayChanges(model(), model({ spooledSamples: 7 }))).toEqual({});
  });

  it("is the tooltip alone when only figures moved", () => {
    const after = model(measured({ cpu: 13, memory: 41, disk: 55, diskFree: 212e9 }));
    expect(trayChanges(model(), after)).toEqual({ tooltip: after.tooltip });
  });

  it("is the menu alone when a message came", () => {
    expect(Object.keys(trayChanges(model(), model({ unreadMessages: 1 })))).toEqual(["menu"]);
  });
});
