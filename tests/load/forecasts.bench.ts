import type { Insertable } from "kysely";
import { NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { historyFindingsRead } from "../../server/src/alerting/forecast/history-findings.read.ts";
import { newRuleRow } from "../../server/src/alerting/rules/rule-row.ts";
import { columnOf } from "../../server/src/fleet/history/scaled-value.ts";
import { dayOf, monthOf } from "../../server/src/fleet/history/period.ts";
import { rollUp, sliceRollups } from "../../server/src/fleet/history/rollup.ts";
import { packRollups } from "../../server/src/fleet/history/segment.ts";
import type { Store } from "../../server/src/platform/database/store.ts";
import type { Tables } from "../../server/src/platform/database/tables.ts";
import { createRandom } from "../harness/random.ts";
import { startPostgres } from "../harness/start-postgres.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { benchEnvironment } from "./harness/bench-server.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { openBenchStore, seedFleet } from "./harness/seed-fleet.ts";
import { seedUnpackedHour } from "./harness/seed-history.ts";

const DEVICES = scaled(10_000, 120);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOUNTS = 3;
const DEVICES_AT_ONCE = 100;
const METRIC_COLUMNS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** One pass over all devices must be done long before the next one begins. */
const EVERY_S = { "disk-full": 3_600, unusual: 300 } as const;

/** Rows of averages of ten metrics and three file systems, as packing writes them. */
function historyRows(now: number, random: () => number) {
  const end = Math.floor(now / HOUR_MS) * HOUR_MS;
  const rowsOf = (days: number, stepMs: number, periodOf: (at: number) => number) => {
    const count = (days * DAY_MS) / stepMs;
    const times = Float64Array.from({ length: count }, (_, step) => end - (count - step) * stepMs);
    const mounts = Array.from({ length: MOUNTS }, (_, index) => index + 1).flatMap((number) => [
      [columnOf(65, number), times.map((_, step) => 90_000 - step / 10 - Math.round(random() * 50))] as const,
      [columnOf(64, number), times.map((_, step) => Math.round(100 + step / 10))] as const,
    ]);
    const metrics = METRIC_COLUMNS.map((id) => [id, times.map(() => Math.round(random() * 400))] as const);
    const all = rollUp({ times, columns: new Map([...metrics, ...mounts]) }, stepMs);
    return [...new Set(Array.from(times, periodOf))].map((period) => {
      const own = times.filter((at) => periodOf(at) === period);
      const part = sliceRollups(all, own[0] ?? 0, (own.at(-1) ?? 0) + 1);
      return { period, bytes: packRollups(part) };
    });
  };
  return { hours: rowsOf(90, HOUR_MS, monthOf), fiveMinutes: rowsOf(30, 300_000, dayOf) };
}

async function seedHistory(store: Store, deviceNos: readonly number[], now: number): Promise<void> {
  const { hours, fiveMinutes } = historyRows(now, createRandom(1));
  const compared = new Set(
    [0, 1, 2, 3, 4].flatMap((week) => [dayOf(now) - 7 * week, dayOf(now) - 7 * week - 1]),
  );
  for (let start = 0; start < deviceNos.length; start += DEVICES_AT_ONCE) {
    await store.transaction(async (tx) => {
      for (const device_no of deviceNos.slice(start, start + DEVICES_AT_ONCE)) {
        const own = (rows: typeof hours): Insertable<Tables["history_hours"]>[] =>
          rows.map((row) => ({ ...row, device_no }));
        await tx.insertInto("history_hours").values(own(hours)).execute();
        const days = fiveMinutes.filter(({ period }) => compared.has(period));
        await tx.insertInto("history_five_minutes").values(own(days)).execute();
      }
    });
  }
}

async function seedRules(store: Store, orgId: string, deviceNos: readonly number[], now: number) {
  const rules = [
    NewAlarmRule.parse({ name: "Disk", type: "disk-full", settings: {} }),
    NewAlarmRule.parse({ name: "CPU", type: "unusual", settings: { metric: "cpu", direction: "both" } }),
  ];
  await store.transaction(async (tx) => {
    const rows = rules.map((rule, index) =>
      newRuleRow(rule, { id: `rule-${index}`, orgId, position: index + 1, createdAt: now }),
    );
    await tx.insertInto("alarm_rules").values(rows).execute();
    for (const device_no of deviceNos) {
      const mounts = Array.from({ length: MOUNTS }, (_, index) => ({
        device_no,
        org_id: orgId,
        number: index + 1,
        kind: "fileSystem" as const,
        name: `/disk${index}`,
        last_seen_at: now,
      }));
      await tx.insertInto("series_instances").values(mounts).execute();
    }
  });
}

async function measure(name: string, environment: Record<string, string>): Promise<Cell[][]> {
  const { orgId, devices } = await seedFleet(environment, DEVICES);
  const store = await openBenchStore(environment);
  try {
    const now = Date.now();
    const deviceNos = devices.map(({ deviceNo }) => deviceNo);
    await seedHistory(store, deviceNos, now);
    await seedRules(store, orgId, deviceNos, now);
    // On PostgreSQL there are no samples of the last minutes, so that nothing is compared with what is usual.
    if (store.engine.kind === "sqlite") await seedUnpackedHour(store.engine, deviceNos, now);
    const find = historyFindingsRead.open(store);
    const turn = { pause: async () => undefined, hasTime: () => true };
    const rows: Cell[][] = [];
    for (const kind of ["disk-full", "unusual"] as const) {
      const before = process.cpuUsage();
      const startedAt = performance.now();
      let looked = 0;
      for (let after: number | null = 0; after !== null; ) {
        const found = await find({ orgId, kind, after, now }, turn);
        looked += found.devices.length;
        after = found.last;
      }
      const { user, system } = process.cpuUsage(before);
      const tookMs = performance.now() - startedAt;
      const cpuMs = (user + system) / 1_000 / DEVICES;
      const share = ((tookMs / DEVICES) * 10_000) / 1_000 / EVERY_S[kind];
      rows.push([`${kind}, ${name}`, tookMs / DEVICES, cpuMs, (tookMs / DEVICES) * 10, share * 100, looked]);
    }
    return rows;
  } finally {
    await store.close();
  }
}

const rows: Cell[][] = [];
await inBenchFolder(async (folder) => void rows.push(...(await measure("SQLite", benchEnvironment(folder)))));
const postgres = await startPostgres({ shared_buffers: "512MB", max_wal_size: "4GB" });
try {
  await inBenchFolder(
    async (folder) =>
      void rows.push(...(await measure("PostgreSQL", benchEnvironment(folder, postgres.url)))),
  );
} finally {
  await postgres.stop();
}
printTable(
  `Rules about the history of ${DEVICES.toLocaleString("en")} devices with ${MOUNTS} file systems (one read thread; target: 20 % of it)`,
  ["", "ms each", "CPU ms each", "s for 10,000", "% of a thread", "found"],
  rows,
);
