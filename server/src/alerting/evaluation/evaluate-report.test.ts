import { describe, expect, it } from "vitest";
import type { WatchedReport } from "../../fleet/index.ts";
import type { RuleSet } from "./effective-rules.ts";
import { evaluateReport, MAX_INSTANCES_PER_RULE } from "./evaluate-report.ts";
import { REPORT, rulesOf } from "./rules.fixture.ts";
import { readEntries } from "./watch-state.ts";
import { readWatched } from "./watched-transition.ts";

const cpu = (settings: object = {}, more: object = {}) => ({
  name: "cpu",
  settings: { metric: "cpu", warning: 80, ...settings },
  ...more,
});
const files = { name: "files", settings: { metric: "fileSystem.used", warning: 80 } };

/** The reports of one device, each half a minute after the one before. */
function createDevice() {
  let state: string | null = null;
  let now = REPORT.observedNow;
  return {
    get entries() {
      return readEntries(state);
    },
    get state() {
      return state;
    },
    report(rules: RuleSet, sample: object, more: Partial<WatchedReport> = {}): string[] {
      now += 30_000;
      const times = { observedNow: now, receivedAt: now, previousReportAt: now - 30_000 };
      const outcome = evaluateReport(rules, {
        ...REPORT,
        ...times,
        state,
        sample: { at: 0, ...sample },
        ...more,
      });
      state = outcome.state;
      return outcome.signals.map((body) => {
        const { transition } = readWatched(body);
        return [
          transition.ruleId,
          transition.instance,
          transition.kind,
          transition.kind === "ended" ? transition.reason : transition.severity,
        ]
          .filter((part) => part !== null)
          .join(" ");
      });
    },
    wait(ms: number) {
      now += ms;
    },
  };
}
const mounts = (names: string[], used: number[]) => ({ series: { fileSystem: { names, used } } });

describe("a report", () => {
  it("leaves nothing behind while all is normal", () => {
    const device = createDevice();
    expect(device.report(rulesOf([cpu(), files]), { cpu: 10 })).toEqual([]);
    expect(device.state).toBeNull();
  });

  it("changes nothing about what it does not have: no end because of a missing value", () => {
    const device = createDevice();
    const rules = rulesOf([cpu()]);
    expect(device.report(rules, { cpu: 90 })).toEqual(["cpu violated warning"]);
    expect(device.report(rules, {})).toEqual([]);
    expect(device.report(rules, {}, { sample: undefined })).toEqual([]);
    device.wait(86_400_000);
    expect(device.report(rules, {})).toEqual([]);
    expect(device.report(rules, { cpu: 90 })).toEqual(["cpu continued warning"]);
    expect(device.report(rules, { cpu: 10 })).toEqual(["cpu ended cleared"]);
  });

  it("forgets what only began for an instance that is gone", () => {
    const device = createDevice();
    const rules = rulesOf([{ ...files, settings: { ...files.settings, forS: 60 } }]);
    device.report(rules, mounts(["/usb"], [90]));
    expect(device.entries).toHaveLength(1);
    device.report(rules, { cpu: 1 });
    expect(device.entries).toHaveLength(1);
    device.wait(120_000);
    device.report(rules, { cpu: 1 });
    expect(device.state).toBeNull();
  });

  it("keeps a bounded number of instances, however many names a device makes up", () => {
    const device = createDevice();
    const rules = rulesOf([files]);
    for (let round = 0; round < 3; round += 1) {
      const names = Array.from({ length: 64 }, (_, index) => `/${round}/${index}`);
      device.report(
        rules,
        mounts(
          names,
          names.map(() => 99),
        ),
      );
    }
    expect(device.entries).toHaveLength(MAX_INSTANCES_PER_RULE);
  });

  it("is quiet about what is older than the rule", () => {
    const device = createDevice();
    const rules = rulesOf([cpu({}, { ignoresExisting: true })]);
    expect(device.report(rules, { cpu: 90 }, { previousReportAt: 999 })).toEqual([]);
    expect(device.report(rules, { cpu: 90 })).toEqual([]);
    const fresh = createDevice();
    expect(fresh.report(rules, { cpu: 90 }, { previousReportAt: null })).toEqual(["cpu violated warning"]);
    const loud = createDevice();
    expect(loud.report(rulesOf([cpu()]), { cpu: 90 }, { previousReportAt: 999 })).toEqual([
      "cpu violated warning",
    ]);
  });

  it("opens nothing outside the active hours", () => {
    const activeHours = { zone: "UTC", ranges: [{ days: [1], start: "10:00", end: "11:00" }] };
    const rules = rulesOf([cpu({}, { activeHours })]);
    const device = createDevice();
    const monday = Date.UTC(2026, 0, 5);
    expect(device.report(rules, { cpu: 90 }, { receivedAt: monday + 9.99 * 3_600_000 })).toEqual([]);
    expect(device.report(rules, { cpu: 90 }, { receivedAt: monday + 10 * 3_600_000 })).toEqual([
      "cpu violated warning",
    ]);
    expect(device.report(rules, { cpu: 10 }, { receivedAt: monday + 12 * 3_600_000 })).toEqual([
      "cpu ended cleared",
    ]);
  });
});

describe("rules that change between two reports", () => {
  it("end what another rule decides by now, and what is switched off", () => {
    const device = createDevice();
    device.report(rulesOf([cpu()]), { cpu: 90 });
    const own = { ...cpu({ warning: 99 }), name: "own", scope: { kind: "tag", tag: "web" } };
    expect(device.report(rulesOf([cpu(), own]), { cpu: 90 })).toEqual(["cpu ended rule-changed"]);
    expect(device.state).toBeNull();
    device.report(rulesOf([cpu()]), { cpu: 90 });
    expect(device.report(rulesOf([cpu()], false), { cpu: 90 })).toEqual(["cpu ended rule-off"]);
  });

  it("leave alone what a rule opened that this server does not know yet", () => {
    const device = createDevice();
    device.report(rulesOf([cpu()]), { cpu: 90 });
    const before = device.state;
    expect(device.report(rulesOf([]), { cpu: 90 })).toEqual([]);
    expect(device.state).toBe(before);
  });
});
