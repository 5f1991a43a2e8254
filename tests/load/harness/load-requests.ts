import { gzipSync } from "node:zlib";
import { agentPolicy } from "../../../server/src/fleet/agent-policy.ts";
import {
  writeBackfillReport,
  writeLiveReport,
} from "../../../desktop-agent/src/agent/reporting/report-writer.ts";
import { createHostileReports } from "./hostile-reports.ts";
import type { LoadRequests, PreparedRequest, RequestSource } from "./load.ts";
import { createRealisticMachine, type RealisticMachine } from "./realistic-machine.ts";
import { INVENTORY_HASH } from "./seed-inventory.ts";

const BACKFILL_SAMPLES = 500;
const INTERVAL_MS = 30_000;
/** The default policy: the server does not send it again to agents that apply it. */
const { id: policyId } = agentPolicy(null, { rawDays: 30, fiveMinuteDays: 90, hourDays: 730 });

/** Creates the requests of a load. Bodies are those of the real agent. */
export function createRequests(requests: LoadRequests): RequestSource {
  switch (requests.kind) {
    case "get": {
      const authorization = requests.bearer === "" ? "" : `authorization: Bearer ${requests.bearer}\r\n`;
      const heads = requests.paths.map(
        (path) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${authorization}`,
      );
      let turn = 0;
      return unbounded(() => ({ head: heads[turn++ % heads.length] ?? "", body: "" }));
    }
    case "reports":
      return liveReports(requests);
    case "inventories":
    case "unknown keys":
      return unbounded(createHostileReports(requests));
    case "backfill":
      return backfillReports(requests);
  }
}

function unbounded(next: () => PreparedRequest | null): RequestSource {
  return { next, maxUnderWay: Number.POSITIVE_INFINITY };
}

type Device = {
  credential: string;
  bootId: string;
  machine: RealisticMachine;
  sequence: number;
  sent: number;
};

/**
 * One report of each device after the other, `reportsEach` in total. A device waits for its answer before it sends the next one, as
 * agents do: a report that overtakes another one is behind.
 */
function reportsOf(
  credentials: readonly string[],
  { firstSequence, reportsEach }: { firstSequence: number; reportsEach: number },
  requestOf: (device: Device) => Omit<PreparedRequest, "onAnswer">,
): RequestSource {
  const free = createRing(
    credentials.map((credential, index) => ({
      credential,
      bootId: `5d1f8d1e-0000-4000-8000-${String(index).padStart(12, "0")}`,
      machine: createRealisticMachine(index + 1),
      sequence: firstSequence,
      sent: 0,
    })),
  );
  return {
    maxUnderWay: credentials.length,
    next() {
      const device = free.take();
      if (!device) return null;
      const request = requestOf(device);
      device.sequence += 1;
      device.sent += 1;
      return { ...request, onAnswer: () => device.sent < reportsEach && free.add(device) };
    },
  };
}

/** A queue that never has more than the first `items`. */
function createRing<Item>(items: readonly Item[]) {
  const ring = [...items];
  let first = 0;
  let count = ring.length;
  return {
    take(): Item | null {
      if (count === 0) return null;
      const item = ring[first] ?? null;
      first = (first + 1) % ring.length;
      count -= 1;
      return item;
    },
    add(item: Item): void {
      ring[(first + count) % ring.length] = item;
      count += 1;
    },
  };
}

function liveReports({
  devices,
  firstSequence,
  epoch,
  rounds = Number.POSITIVE_INFINITY,
}: Extract<LoadRequests, { kind: "reports" }>): RequestSource {
  return reportsOf(devices, { firstSequence, reportsEach: rounds }, (device) => {
    const sentAt = Date.now();
    const body = writeLiveReport(
      { epoch, sequence: device.sequence },
      { bootId: device.bootId, sentAt },
      device.machine.next(sentAt - 5),
      { intervalS: 30, inventoryHash: INVENTORY_HASH, policyId },
    );
    return { head: headOf(device.credential), body };
  });
}

/** Each device sends its whole time in reports of 500 samples, compressed like the agent's. */
function backfillReports({
  devices,
  hours,
  epoch,
}: Extract<LoadRequests, { kind: "backfill" }>): RequestSource {
  const samplesEach = (hours * 3_600_000) / INTERVAL_MS;
  const reportsEach = Math.ceil(samplesEach / BACKFILL_SAMPLES);
  const start = Date.now() - hours * 3_600_000;
  return reportsOf(devices, { firstSequence: 1, reportsEach }, (device) => {
    const first = device.sent * BACKFILL_SAMPLES;
    const count = Math.min(BACKFILL_SAMPLES, samplesEach - first);
    const samples = Array.from({ length: count }, (_, index) =>
      device.machine.next(start + (first + index) * INTERVAL_MS),
    );
    const moment = { bootId: device.bootId, sentAt: Date.now() };
    const body = gzipSync(writeBackfillReport({ epoch, sequence: device.sequence }, moment, samples));
    return { head: `${headOf(device.credential)}content-encoding: gzip\r\n`, body };
  });
}

function headOf(credential: string): string {
  return `POST /api/v1/agent/report HTTP/1.1\r\nauthorization: Bearer ${credential}\r\ncontent-type: application/json\r\nhost: localhost\r\nconnection: keep-alive\r\n`;
}
