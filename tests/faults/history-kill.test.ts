import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import { describe, expect, inject, it } from "vitest";
import { unpackSamples } from "../../server/src/fleet/history/segment.ts";
import type { Store } from "../../server/src/platform/database/store.ts";
import { createHistoryModel, type HistoryModel } from "../harness/history-model.ts";
import { createHistoryServer, type HistoryServer } from "../harness/history-server.ts";
import { createRandom, type Random } from "../harness/random.ts";
import { DIALECTS, openTestStore } from "../harness/test-store.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 4, 10, 22);
const DEVICES = inject("isFullRun") ? 400 : 120;
const HOURS = 2;
/** Steps before a kill. Fewer devices take fewer steps. */
const MAX_STEPS = inject("isFullRun") ? 4 : 2;
const script = path.join(import.meta.dirname, "../harness/pack-history.ts");

describe.each(DIALECTS)("packing on %s", (dialect) => {
  it("loses and duplicates nothing when its process is killed repeatedly", async () => {
    const place = await openTestStore(dialect);
    try {
      const server = createHistoryServer(place.store);
      const random = createRandom(Date.now());
      const models = await fill(server, random);
      let kills = 0;
      while (!(await packUntilKilled(place.url, START + (HOURS + 1) * HOUR, random))) kills += 1;
      expect(kills).toBeGreaterThan(1);
      expect(await countStoredSamples(place.store)).toBe(DEVICES * HOURS * 120);
      expect(await countJournal(place.store)).toBe(0);
      for (const [deviceNo, model] of [...models].slice(0, 50)) await expectSame(server, deviceNo, model);
    } finally {
      await place.remove();
    }
  });
});

async function fill(server: HistoryServer, random: Random): Promise<Map<number, HistoryModel>> {
  const models = new Map<number, HistoryModel>();
  for (let deviceNo = 1; deviceNo <= DEVICES; deviceNo += 1) models.set(deviceNo, createHistoryModel());
  for (let step = 0; step < HOURS * 120; step += 1) {
    const reports = [...models].map(([deviceNo, model]) => {
      const at = START + step * 30_000 + deviceNo;
      const samples: [Sample] = [
        { at, cpu: Math.round(random() * 1000) / 10, netIn: Math.floor(random() * 1e6) },
      ];
      model.receive(samples);
      return { deviceNo, receivedAt: at + 40, samples };
    });
    await server.append(reports);
  }
  return models;
}

/** Starts packing and kills it after a few of its steps; true when it was done before. */
async function packUntilKilled(url: string, now: number, random: Random): Promise<boolean> {
  const child = spawn(process.execPath, [script, url, String(now)], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const isDone = await killAfter(child, 1 + Math.floor(random() * MAX_STEPS));
  await exited;
  return isDone;
}

async function killAfter(child: ChildProcess, steps: number): Promise<boolean> {
  let left = steps;
  if (!child.stdout) throw new Error("the packing has no output");
  for await (const line of createInterface(child.stdout)) {
    if (line === "packed") return true;
    left -= 1;
    if (left === 0) child.kill("SIGKILL");
  }
  if (left > 0) throw new Error("the packing failed");
  return false;
}

async function countStoredSamples(store: Store): Promise<number> {
  const rows = await store.read.selectFrom("history_segments").select("bytes").execute();
  return rows.reduce((sum, { bytes }) => sum + unpackSamples(bytes).times.length, 0);
}

async function countJournal(store: Store): Promise<number> {
  return (await store.read.selectFrom("journal").select("id").execute()).length;
}

async function expectSame(server: HistoryServer, deviceNo: number, model: HistoryModel): Promise<void> {
  const range = { from: START, to: START + HOURS * HOUR };
  const raw = await server.history.read({
    device: server.device(deviceNo),
    metrics: ["cpu", "netIn"],
    ...range,
  });
  expect(raw.times).toEqual(model.times(range.from, range.to));
  expect(raw.series.cpu?.avg).toEqual(raw.times.map((at) => model.valueAt(at, "cpu")));
  const device = server.device(deviceNo, 1);
  const rolled = await server.history.read({ device, metrics: ["netIn"], ...range });
  const buckets = model.buckets("netIn", 300_000, range.from, range.to);
  expect(rolled.resolution).toBe("5m");
  expect(rolled.times).toEqual([...buckets.keys()]);
  expect(rolled.series.netIn?.avg).toEqual([...buckets.values()].map(({ avg }) => avg));
}
