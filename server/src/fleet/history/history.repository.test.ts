import type { Sample } from "@muster/shared/contracts/metric.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHistoryServer, type HistoryServer } from "../../../../tests/harness/history-server.ts";
import { DIALECTS, openTestStore, type TestStore } from "../../../../tests/harness/test-store.ts";
import { createJournalChain } from "./journal-chain.repository.ts";
import { createPackedHistoryRepository } from "./packed-history.repository.ts";
import { createRetentionRepository } from "./retention.system-repository.ts";
import { createRetentionService } from "./retention.service.ts";
import { createSparklineService } from "./sparkline.service.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 1, 3);
const signal = new AbortController().signal;
let lastDevice = 0;

describe.each(DIALECTS)("history on %s", (dialect) => {
  let place: TestStore;
  let server: HistoryServer;

  beforeAll(async () => {
    place = await openTestStore(dialect);
    server = createHistoryServer(place.store);
  });
  afterAll(() => place.remove());

  /** A device with a sample each 5 minutes from `from` on, received at once. */
  async function deviceWith(from: number, hours: number, cpu = 10): Promise<number> {
    lastDevice += 1;
    const deviceNo = lastDevice;
    const ats = Array.from({ length: hours * 12 }, (_, index) => from + index * 300_000);
    await server.append(ats.map((at) => ({ deviceNo, receivedAt: at, samples: [{ at, cpu }] })));
    return deviceNo;
  }

  async function rowsOf(deviceNo: number): Promise<Record<string, number>> {
    const { read } = place.store;
    const counts = await Promise.all(
      (["history_segments", "history_days", "history_five_minutes", "history_hours"] as const).map(
        async (table) => {
          const rows = await read
            .selectFrom(table)
            .select("period")
            .where("device_no", "=", deviceNo)
            .execute();
          return [table, rows.length] as const;
        },
      ),
    );
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  it("takes the version of a sample that was received last, packed or not", async () => {
    const deviceNo = await deviceWith(START, 2);
    await server.packing.pack(START + 3 * HOUR, signal);
    const samples: [Sample] = [{ at: START, cpu: 90 }];
    await server.append([{ deviceNo, receivedAt: START + 3 * HOUR, samples }]);
    const read = () =>
      server.history.read({
        device: server.device(deviceNo),
        metrics: ["cpu"],
        from: START,
        to: START + HOUR,
      });
    expect((await read()).series.cpu?.avg[0]).toBe(90);
    await server.packing.pack(START + 5 * HOUR, signal);
    expect((await read()).series.cpu?.avg[0]).toBe(90);
    expect(await rowsOf(deviceNo)).toMatchObject({ history_segments: 3 });
  });

  it("merges a finished day's segments into one row, and once more when another comes late", async () => {
    const deviceNo = await deviceWith(START + 2 * DAY, 24);
    await server.packing.pack(START + 3 * DAY + HOUR, signal);
    await server.packing.compact(START + 3 * DAY + 3 * HOUR, signal);
    const samples: [Sample] = [{ at: START + 2 * DAY + 1000, cpu: 70 }];
    await server.append([{ deviceNo, receivedAt: START + 3 * DAY + 3 * HOUR, samples }]);
    await server.packing.pack(START + 3 * DAY + 5 * HOUR, signal);
    await server.packing.compact(START + 3 * DAY + 5 * HOUR, signal);
    expect(await rowsOf(deviceNo)).toEqual({ history_days: 1, history_five_minutes: 1, history_hours: 1 });
    const range = { from: START + 2 * DAY, to: START + 3 * DAY };
    const device = server.device(deviceNo, 300);
    const raw = await server.history.read({ device, metrics: ["cpu"], ...range });
    expect(raw.times).toHaveLength(24 * 12 + 1);
    const rolled = await server.history.read({
      device: { ...device, intervalS: 5 },
      metrics: ["cpu"],
      ...range,
    });
    expect(rolled.series.cpu?.max?.[0]).toBe(70);
  });

  it("leaves the samples of the unfinished hour in the journal", async () => {
    const deviceNo = await deviceWith(START + 4 * DAY, 2);
    await server.packing.pack(START + 4 * DAY + 2 * HOUR - 1, signal);
    const rows = await place.store.read
      .selectFrom("journal")
      .select("at")
      .where("device_no", "=", deviceNo)
      .execute();
    expect(rows.map(({ at }) => at).every((at) => at >= START + 4 * DAY + HOUR)).toBe(true);
    expect(rows).toHaveLength(12);
  });

  it("deletes all that a purged device has, and does not bring it back from the journal", async () => {
    const repository = createRetentionRepository(place.store);
    const deviceNo = await deviceWith(START + 7 * DAY, 3);
    const neighbour = await deviceWith(START + 7 * DAY, 3);
    await server.packing.pack(START + 7 * DAY + 2 * HOUR, signal);
    await place.store.transaction((tx) => repository.purge(tx, deviceNo, START + 7 * DAY + 2 * HOUR));
    expect(await rowsOf(deviceNo)).toEqual({});
    await server.packing.pack(START + 7 * DAY + 4 * HOUR, signal);
    expect(await rowsOf(deviceNo)).toEqual({});
    expect(await rowsOf(neighbour)).toMatchObject({ history_segments: 3 });
    expect(await place.store.read.selectFrom("history_purges").selectAll().execute()).toEqual([]);
  });

  it("expires each kind of history after its own time", async () => {
    const retention = createRetentionService(createRetentionRepository(place.store), {
      rawDays: 10,
      fiveMinuteDays: 20,
      hourDays: 100,
    });
    const start = START + 10 * DAY;
    const deviceNo = await deviceWith(start, 24);
    await server.packing.pack(start + DAY + HOUR, signal);
    await server.packing.compact(start + DAY + 3 * HOUR, signal);
    await retention.expire(start + 10 * DAY, signal);
    expect(await rowsOf(deviceNo)).toEqual({ history_days: 1, history_five_minutes: 1, history_hours: 1 });
    await retention.expire(start + 11 * DAY + 1, signal);
    expect(await rowsOf(deviceNo)).toEqual({ history_five_minutes: 1, history_hours: 1 });
    await retention.expire(start + 21 * DAY + 1, signal);
    expect(await rowsOf(deviceNo)).toEqual({ history_hours: 1 });
    await retention.expire(start + 150 * DAY, signal);
    expect(await rowsOf(deviceNo)).toEqual({});
  });

  it("draws the last hour of cpu, from scratch and continued, across a packing", async () => {
    const sparklines = createSparklineService(
      createPackedHistoryRepository(place.store.read),
      createJournalChain(place.store),
    );
    const start = START + 30 * DAY;
    const deviceNo = await deviceWith(start, 1, 20);
    const read = async (now: number) => {
      const answer = await sparklines.read(new Map([["a", server.device(deviceNo)]]), now);
      return { from: answer.from, cpu: answer.cpu["a"] };
    };
    const hour = Array<number | null>(12).fill(20);
    expect(await read(start + HOUR - 1)).toEqual({ from: new Date(start).toISOString(), cpu: hour });
    const samples: [Sample] = [{ at: start + HOUR + 1000, cpu: 60 }];
    await server.append([{ deviceNo, receivedAt: start + HOUR + 1000, samples }]);
    expect((await read(start + HOUR + 2000)).cpu).toEqual([...hour.slice(1), 60]);
    await server.packing.pack(start + HOUR + 300_000, signal);
    const later: [Sample] = [{ at: start + HOUR + 2000, cpu: 80 }];
    await server.append([{ deviceNo, receivedAt: start + HOUR + 2000, samples: later }]);
    expect((await read(start + HOUR + 2000)).cpu).toEqual([...hour.slice(1), 70]);
    await server.packing.pack(start + 3 * HOUR, signal);
    expect((await read(start + HOUR + 2000)).cpu).toEqual([...hour.slice(1), 70]);
  });

  // Last, as this server has one successor.
  it("never gives a journal id twice, even after everything was packed and the server was restarted", async () => {
    const deviceNo = await deviceWith(START + 40 * DAY, 1);
    const before = server.device(deviceNo).journalHead ?? 0;
    await server.packing.pack(START + 41 * DAY, signal);
    const restarted = createHistoryServer(place.store);
    const samples: [Sample] = [{ at: START + 41 * DAY, cpu: 1 }];
    await restarted.append([{ deviceNo, receivedAt: START + 41 * DAY, samples }]);
    expect(restarted.device(deviceNo).journalHead).toBeGreaterThan(before);
  });
});
