import type { Sample } from "@muster/shared/contracts/metric.ts";
import { createSqliteJournal } from "../../../server/src/fleet/history/journal.repository.sqlite.ts";
import { blockOf } from "../../../server/src/fleet/history/journal-codec.ts";
import { dayOf, hourOf, monthOf } from "../../../server/src/fleet/history/period.ts";
import { type RollupBlock, rollUp } from "../../../server/src/fleet/history/rollup.ts";
import { packRollups, packSamples } from "../../../server/src/fleet/history/segment.ts";
import type { SqliteEngine, Store } from "../../../server/src/platform/database/store.ts";
import { createRealisticMachine } from "./realistic-machine.ts";

const INTERVAL_MS = 30_000;
const FIVE_MINUTES_MS = 300_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Row = { device_no: number; period: number; bytes: Buffer };

/** Samples of a realistic machine, one each interval of [from, to), with the small delays of timers. */
export function samplesOf(seed: number, from: number, to: number, intervalMs = INTERVAL_MS): Sample[] {
  const machine = createRealisticMachine(seed);
  const count = Math.floor((to - from) / intervalMs);
  return Array.from({ length: count }, (_, index) =>
    machine.next(from + index * intervalMs + ((index * 7919 + seed * 31) % 12)),
  );
}

/** Writes a device's packed history up to `now` like the packing job: 30 days of samples, 90 of 5 minutes, a year of hours. */
export async function seedPackedYear(store: Store, deviceNo: number, now: number): Promise<void> {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const recent = samplesOf(deviceNo, today - 30 * DAY_MS, Math.max(today, now - HOUR_MS));
  const older = samplesOf(deviceNo + 1, today - 365 * DAY_MS, today - 30 * DAY_MS, FIVE_MINUTES_MS / 2);
  const all = [...older, ...recent];
  const since90 = all.filter(({ at }) => at >= today - 90 * DAY_MS);
  await store.transaction(async (tx) => {
    const finished = recent.filter(({ at }) => at < today);
    for (const row of rawRows(deviceNo, finished, dayOf))
      await tx.insertInto("history_days").values(row).execute();
    const unfinished = recent.filter(({ at }) => at >= today);
    for (const row of rawRows(deviceNo, unfinished, hourOf)) {
      await tx.insertInto("history_segments").values(row).execute();
    }
    for (const row of rollupRows(deviceNo, since90, FIVE_MINUTES_MS, dayOf)) {
      await tx.insertInto("history_five_minutes").values(row).execute();
    }
    for (const row of rollupRows(deviceNo, all, HOUR_MS, monthOf)) {
      await tx.insertInto("history_hours").values(row).execute();
    }
  });
}

/** Samples as stored rows, one for each period. */
export function rawRows(
  deviceNo: number,
  samples: readonly Sample[],
  periodOf: (time: number) => number,
): Row[] {
  return [...Map.groupBy(samples, ({ at }) => periodOf(at))].map(([period, own]) => ({
    device_no: deviceNo,
    period,
    bytes: packSamples(blockOf(own)),
  }));
}

export function rollupRows(
  deviceNo: number,
  samples: readonly Sample[],
  stepMs: number,
  periodOf: (time: number) => number,
): Row[] {
  return [...Map.groupBy(samples, ({ at }) => periodOf(at))].map(([period, own]) => {
    const block: RollupBlock = rollUp(blockOf(own), stepMs);
    return { device_no: deviceNo, period, bytes: packRollups(block) };
  });
}

/**
 * Appends an hour of samples up to `now` for every device in the order of arrival: interleaved, each chained to the previous one.
 * They count as received now, so that the packing job leaves them.
 */
export async function seedUnpackedHour(
  engine: SqliteEngine,
  deviceNos: readonly number[],
  now: number,
): Promise<void> {
  const journal = createSqliteJournal(engine.writer);
  const machines = deviceNos.map((deviceNo) => createRealisticMachine(deviceNo));
  const heads = new Map<number, number>();
  for (let at = now - HOUR_MS; at < now; at += INTERVAL_MS) {
    await engine.runExclusive(() => {
      for (const [index, deviceNo] of deviceNos.entries()) {
        const sample = machines[index]?.next(at + (index % 30_000));
        if (!sample) continue;
        const previous = heads.get(deviceNo) ?? null;
        heads.set(deviceNo, journal.append({ deviceNo, previous, receivedAt: now, samples: [sample] }));
      }
    });
  }
  const update = engine.writer.prepare<[number, number, number]>(
    "update device_state set journal_head = ?, last_received_at = ? where device_no = ?",
  );
  await engine.runExclusive(() => {
    for (const [deviceNo, head] of heads) update.run(head, now, deviceNo);
  });
}
