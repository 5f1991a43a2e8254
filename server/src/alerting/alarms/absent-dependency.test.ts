import { describe, expect, it } from "vitest";
import type { Dependencies } from "../../fleet/index.ts";
import {
  type AbsentDevice,
  absentDependency,
  DEPENDENCY_JUDGED_MS,
  DEPENDENTS_RETURN_MS,
} from "./absent-dependency.ts";

type Device = Dependencies["device"];
const NOW = 50_000_000;

function device(id: string, part: Partial<Device> = {}): Device {
  return {
    id,
    label: null,
    hostname: id,
    customer_id: null,
    depends_on: null,
    shown: "online",
    archived_at: null,
    last_word: null,
    last_seen_at: 1_000_000,
    interval_s: 30,
    ...part,
  };
}

const offline = (alarmId: string): AbsentDevice => ({ alarmId, endedAt: 0 });
const guest = device("guest");

function muting(chain: readonly Device[], states: Record<string, AbsentDevice> = {}, type = "metric") {
  const alarm = { type, changes: JSON.stringify([NOW - 60_000]) };
  const about = { alarm, now: NOW };
  return (
    absentDependency({ device: guest, chain }, new Map(Object.entries(states)), about)?.device.id ?? null
  );
}

describe("what a device depends on", () => {
  const chain = [device("host"), device("switch")];

  it("mutes while it has an offline alarm, and through a device that has none", () => {
    expect(muting(chain)).toBeNull();
    expect(muting(chain, { host: offline("1"), switch: offline("2") })).toBe("host");
    expect(muting(chain, { switch: offline("2") })).toBe("switch");
  });

  it("mutes only for those who were told of it, or of what it depends on itself", () => {
    const about = { alarm: { type: "metric", changes: "[]" }, now: NOW };
    const states = new Map([
      ["host", offline("1")],
      ["switch", offline("2")],
    ]);
    expect(absentDependency({ device: guest, chain }, states, about)?.alarmIds).toEqual(["1", "2"]);
  });

  it("mutes for ten minutes after it is back", () => {
    const back = (agoMs: number) => ({ host: { alarmId: null, endedAt: NOW - agoMs } });
    expect(muting(chain, back(DEPENDENTS_RETURN_MS - 1))).toBe("host");
    expect(muting(chain, back(DEPENDENTS_RETURN_MS))).toBeNull();
  });

  it("mutes while it is in maintenance, for everybody", () => {
    const maintained = [device("host", { shown: "maintenance" }), device("switch")];
    expect(muting(maintained)).toBe("host");
    const about = { alarm: { type: "metric", changes: "[]" }, now: NOW };
    expect(absentDependency({ device: guest, chain: maintained }, new Map(), about)?.alarmIds).toBeNull();
  });

  it("mutes nothing, and nothing through it, while it is archived", () => {
    const archived = [device("host", { archived_at: 1 }), device("switch")];
    expect(muting(archived, { host: offline("1"), switch: offline("2") })).toBeNull();
  });

  it("holds an offline alarm while it has not reported since either", () => {
    expect(muting(chain, {}, "offline")).toBe("host");
    const reported = device("host", { last_seen_at: 1_030_001 });
    expect(muting([reported], {}, "offline")).toBeNull();
    expect(muting([reported, device("switch")], {}, "offline")).toBe("switch");
  });

  it("holds nothing for what said why it stops, never reported, or is judged for too long", () => {
    expect(muting([device("host", { last_word: "shutting-down" })], {}, "offline")).toBeNull();
    expect(muting([device("host", { last_seen_at: null })], {}, "offline")).toBeNull();
    const alarm = { type: "offline", changes: JSON.stringify([NOW - DEPENDENCY_JUDGED_MS]) };
    expect(absentDependency({ device: guest, chain }, new Map(), { alarm, now: NOW })).toBeNull();
  });
});
