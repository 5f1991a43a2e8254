import type { History } from "@muster/shared/contracts/history.ts";
import { METRIC_NAMES, type MetricName, type Sample } from "@muster/shared/contracts/metric.ts";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import type { PackingRepository } from "../../server/src/fleet/history/packing.system-repository.ts";
import { createHistoryModel, type HistoryModel, unitOf } from "../harness/history-model.ts";
import { createHistoryServer, type HistoryServer, type Received } from "../harness/history-server.ts";
import { createRandom, type Random } from "../harness/random.ts";
import { openTestStore } from "../harness/test-store.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1);
const DEVICES = [1, 2, 7];

/**
 * A year is about 9,000 partitions on PostgreSQL: a fortnight is enough there, as the computing is the same. `npm run test:month`
 * simulates these in full length, `npm test` as long as every resolution needs.
 */
const SPANS: readonly [Dialect, number, number][] = inject("isFullRun")
  ? [
      ["sqlite", 365 * DAY, 15 * MINUTE],
      ["postgres", 14 * DAY, 3 * MINUTE],
    ]
  : [
      ["sqlite", 70 * DAY, 15 * MINUTE],
      ["postgres", 5 * DAY, 3 * MINUTE],
    ];

describe.each(SPANS)("history on %s", (dialect, span, interval) => {
  it("matches the samples, whatever came late, twice or during a failing packing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), (seed) =>
        simulate(dialect, span, interval, seed),
      ),
      { numRuns: 1 },
    );
  });
});

async function simulate(dialect: Dialect, span: number, interval: number, seed: number): Promise<void> {
  const place = await openTestStore(dialect);
  try {
    const random = createRandom(seed);
    const server = createHistoryServer(place.store, (packing) => failingNowAndThen(packing, random));
    const models = new Map(DEVICES.map((deviceNo) => [deviceNo, createHistoryModel()]));
    const journey = { server, models, random, interval };
    for (let now = START; now < START + span; ) {
      const until = now + Math.round((0.2 + 2 * random()) * DAY);
      await receive(journey, now, until);
      now = until;
      await packAndCompact(server, now, random);
      await compareSomewhere(journey, START, now, LENGTHS[Math.floor(random() * LENGTHS.length)] ?? DAY);
    }
    for (const length of LENGTHS) await compareSomewhere(journey, START, START + span, length);
  } finally {
    await place.remove();
  }
}

type Journey = {
  server: HistoryServer;
  models: ReadonlyMap<number, HistoryModel>;
  random: Random;
  interval: number;
};

/** Lets devices report from `from` to `until`: most at once, some after hours without a network, some twice. */
async function receive(
  { server, models, random, interval }: Journey,
  from: number,
  until: number,
): Promise<void> {
  const reports: Received[] = [];
  for (const deviceNo of DEVICES) {
    let held: Sample[] = [];
    for (let at = from; at < until; at += interval) {
      const jittered = at + Math.round(random() * 900);
      held.push(randomSample(jittered, random));
      if (random() < 0.02) held.push(randomSample(held[0]?.at ?? at, random));
      const isOffline =
        held[0] !== undefined && random() < 0.9 && Math.floor(at / (7 * HOUR)) % 5 === deviceNo % 5;
      if (isOffline && at - (held[0]?.at ?? at) < 70 * HOUR) continue;
      const receivedAt = jittered + Math.round(random() * 2000);
      for (const samples of chunks(held, 200)) reports.push({ deviceNo, receivedAt, samples });
      held = [];
    }
    for (const samples of chunks(held, 200)) reports.push({ deviceNo, receivedAt: until, samples });
  }
  reports.sort((one, other) => one.receivedAt - other.receivedAt);
  for (let index = 0; index < reports.length; index += 500) {
    await server.append(reports.slice(index, index + 500));
  }
  for (const { deviceNo, samples } of reports) models.get(deviceNo)?.receive(samples);
}

async function packAndCompact(server: HistoryServer, now: number, random: Random): Promise<void> {
  const { signal } = new AbortController();
  for (let isPacked = false; !isPacked; ) {
    isPacked = await server.packing.pack(now, signal).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof PlannedFailure)) throw error;
        return false;
      },
    );
    if (random() < 0.3) return;
  }
  if (random() < 0.5) await server.packing.compact(now, signal);
}

class PlannedFailure extends Error {}

function failingNowAndThen(packing: PackingRepository, random: Random): PackingRepository {
  const fail = () => {
    throw new PlannedFailure("as planned");
  };
  return {
    ...packing,
    async store(range, batch) {
      if (random() < 0.05) fail();
      await packing.store(range, batch);
      if (random() < 0.05) fail();
    },
  };
}

/** Compares a random device over a random range of that length, often the newest one. */
async function compareSomewhere(journey: Journey, from: number, to: number, length: number): Promise<void> {
  const { random, models, server, interval } = journey;
  const deviceNo = DEVICES[Math.floor(random() * DEVICES.length)] ?? 1;
  const model = models.get(deviceNo);
  if (!model) throw new Error("no such device");
  const metrics = METRIC_NAMES.filter(() => random() < 0.4);
  if (metrics.length === 0) metrics.push("cpu");
  const latest = Math.max(from, to - length + HOUR);
  const start = random() < 0.4 ? latest : from + Math.floor(random() * (latest - from));
  // A device that claims short intervals is given rollups for the same range.
  const device = server.device(deviceNo, random() < 0.5 ? 5 : interval / 1000);
  const history = await server.history.read({ device, metrics, from: start, to: start + length });
  if (history.resolution === "raw") expectSamples(history, model, metrics, start, start + length);
  else expectBuckets(history, model, metrics, start, start + length);
}

/** One for each resolution and some in between. */
const LENGTHS = [30 * MINUTE, 5 * HOUR, DAY, 6 * DAY, 60 * DAY, 400 * DAY];
const STEPS = { "5m": 5 * MINUTE, "1h": HOUR, "1d": DAY } as const;

function expectSamples(
  history: History,
  model: HistoryModel,
  metrics: readonly MetricName[],
  from: number,
  to: number,
): void {
  const times = model.times(from, to);
  const rows = rowsOf(history, metrics);
  expect([...rows.keys()]).toEqual(
    times.filter((at) => metrics.some((metric) => model.valueAt(at, metric) !== null)),
  );
  for (const [at, row] of rows) {
    for (const metric of metrics) expect(row[metric]?.avg ?? null).toBe(model.valueAt(at, metric));
  }
}

function expectBuckets(
  history: History,
  model: HistoryModel,
  metrics: readonly MetricName[],
  from: number,
  to: number,
): void {
  const step = STEPS[history.resolution as keyof typeof STEPS];
  const start = from - (from % step);
  const end =
    to % (step === DAY ? HOUR : step) === 0 ? to : to - (to % Math.min(step, HOUR)) + Math.min(step, HOUR);
  const rows = rowsOf(history, metrics);
  for (const metric of metrics) {
    const expected = model.buckets(metric, step, start, end);
    const given = [...rows].filter(([, row]) => row[metric] !== undefined);
    expect(given.map(([at]) => at)).toEqual([...expected.keys()]);
    for (const [at, row] of given) {
      const bucket = expected.get(at);
      expect(row[metric]?.min).toBe(bucket?.min);
      expect(row[metric]?.max).toBe(bucket?.max);
      // A day's average is made of rounded hours.
      const tolerance = history.resolution === "1d" ? 1.001 * unitOf(metric) : 0;
      expect(Math.abs((row[metric]?.avg ?? Number.NaN) - (bucket?.avg ?? 0))).toBeLessThanOrEqual(tolerance);
    }
  }
}

type Row = Partial<Record<MetricName, { avg: number; min?: number | null; max?: number | null }>>;

/** Rows in which something was measured, by time. */
function rowsOf({ times, series }: History, metrics: readonly MetricName[]): Map<number, Row> {
  const rows = new Map<number, Row>();
  for (const [index, at] of times.entries()) {
    const row: Row = {};
    for (const metric of metrics) {
      const own = series[metric];
      const avg = own?.avg[index] ?? null;
      if (avg !== null) row[metric] = { avg, min: own?.min?.[index], max: own?.max?.[index] };
    }
    if (Object.keys(row).length > 0) rows.set(at, row);
  }
  return rows;
}

function randomSample(at: number, random: Random): Sample {
  const some = <Value>(value: Value): Value | undefined => (random() < 0.9 ? value : undefined);
  const present = {
    cpu: some(Math.round(random() * 1000) / 10),
    memory: some(Math.round(400 + random() * 10) / 10),
    diskFree: some(Math.floor(random() * 4e12)),
    load: some(Math.round(random() * 800) / 100),
    netIn: some(Math.floor(random() ** 6 * 1e10)),
    diskRead: random() < 0.7 ? 0 : Math.floor(random() * 1e6),
    temperature: some(Math.round(random() * 600 - 200) / 10),
    battery: at % (20 * DAY) < 3 * DAY ? 100 : undefined,
  };
  return { at, ...Object.fromEntries(Object.entries(present).filter(([, value]) => value !== undefined)) };
}

function chunks(samples: readonly Sample[], size: number): [Sample, ...Sample[]][] {
  const parts: [Sample, ...Sample[]][] = [];
  for (let index = 0; index < samples.length; index += size) {
    const [first, ...others] = samples.slice(index, index + size);
    if (first) parts.push([first, ...others]);
  }
  return parts;
}
