import { compileRule } from "../../server/src/alerting/evaluation/compiled-rule.ts";
import { createRuleSet } from "../../server/src/alerting/evaluation/effective-rules.ts";
import { evaluateReport } from "../../server/src/alerting/evaluation/evaluate-report.ts";
import type { WatchedReport } from "../../server/src/fleet/index.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { printTable } from "./harness/bench-table.ts";
import { type LoadCost, measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { mixedRules, seedAlarmRules } from "./harness/seed-alarm-rules.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const DEVICES = scaled(10_000, 50);
const DURATION_MS = scaled(8000, 1500);
const EVALUATIONS = scaled(500_000, 20_000);

/** CPU of a report on SQLite with every commit synced, with 60 rules of which 5 % of the devices violate four, or without any. */
async function ingest(hasRules: boolean): Promise<LoadCost> {
  return inBenchFolder(async (folder) => {
    const environment = benchEnvironment(folder);
    const fleet = await seedFleet(environment, DEVICES);
    await seedAlarmRules(environment, fleet.orgId, hasRules ? mixedRules(fleet.orgId) : []);
    const server = await startBenchServer(environment);
    try {
      const credentials = fleet.devices.map(({ credential }) => credential);
      const requests = { kind: "reports", devices: credentials, epoch: "bench1" } as const;
      await warmUp(server, credentials);
      const load = { connections: 128, durationMs: DURATION_MS };
      return await measureLoad(server, { ...load, requests: { ...requests, firstSequence: 1_000_000 } });
    } finally {
      await server.stop();
    }
  });
}

const rules = createRuleSet(
  1,
  mixedRules("bench").map((row) => ({ rule: compileRule(row), isEnabled: true })),
);

/** Microseconds of the comparison alone. */
function evaluate(tags: string): number {
  const series = { fileSystem: { names: ["/", "/home", "/srv"], used: [40, 50, 60], free: [1e9, 2e9, 3e9] } };
  const sample = {
    at: 0,
    cpu: 12,
    memory: 48,
    disk: 60,
    diskFree: 1e9,
    load: 1,
    netIn: 1e4,
    netOut: 1e4,
    series,
  };
  let report: WatchedReport = {
    orgId: "bench",
    deviceNo: 1,
    deviceId: "device",
    customerId: null,
    customer: null,
    osFamily: "linux",
    osName: null,
    tags,
    deviceClass: "server",
    state: null,
    previousReportAt: 1,
    receivedAt: 2,
    intervalS: 30,
    observedNow: 0,
    sample,
    score: 90,
  };
  const startedAt = performance.now();
  for (let count = 0; count < EVALUATIONS; count += 1) {
    const { state } = evaluateReport(rules, report);
    report = { ...report, state, observedNow: report.observedNow + 30_000 };
  }
  return ((performance.now() - startedAt) * 1000) / EVALUATIONS;
}

evaluate("[]");
printTable(
  "Comparing a report with 60 rules",
  ["", "us each"],
  [
    ["nothing violated", evaluate("[]")],
    ["six alarms open", evaluate('["violating"]')],
  ],
);

// In turns, so that other work on the machine slows down both.
const costs: Record<"without" | "with", LoadCost[]> = { without: [], with: [] };
for (let round = 0; round < 2; round += 1) {
  costs.without.push(await ingest(false));
  costs.with.push(await ingest(true));
}
const cpuOf = (measured: readonly LoadCost[]) => Math.min(...measured.map(({ cpuUs }) => cpuUs));
const perSecond = (measured: readonly LoadCost[]) => Math.max(...measured.map((cost) => cost.perSecond));
const base = cpuOf(costs.without);
printTable(
  `Reports of ${DEVICES.toLocaleString("en")} devices on SQLite (target: at most 1.15 x without rules)`,
  ["", "per second", "CPU us each", "x without"],
  [
    ["without rules", perSecond(costs.without), base, 1],
    ["60 rules, 5 % violating", perSecond(costs.with), cpuOf(costs.with), cpuOf(costs.with) / base],
  ],
);
