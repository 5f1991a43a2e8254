import { gzipSync } from "node:zlib";
import { agentPolicy } from "../../../server/src/fleet/agent-policy.ts";
import {
  writeBackfillReport,
  writeLiveReport,
} from "../../../desktop-agent/src/agent/reporting/report-writer.ts";
import { createHostileReports } from "./hostile-reports.ts";
import type { LoadRequests, PreparedRequest } from "./load.ts";
import { createRealisticMachine, type RealisticMachine } from "./realistic-machine.ts";
import { INVENTORY_HASH } from "./seed-inventory.ts";

const BACKFILL_SAMPLES = 500;
const INTERVAL_MS = 30_000;
/** The default policy: the server does not send it again to agents that apply it. */
const { id: policyId } = agentPolicy(null, { rawDays: 30, fiveMinuteDays: 90, hourDays: 730 });

/** Returns the next request, null when there are no more. Bodies are those of the real agent. */
export function createRequests(requests: LoadRequests): () => PreparedRequest | null {
  switch (requests.kind) {
    case "get": {
      const authorization = requests.bearer === "" ? "" : `authorization: Bearer ${requests.bearer}\r\n`;
      const heads = requests.paths.map(
        (path) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${authorization}`,
      );
      let turn = 0;
      return () => ({ head: heads[turn++ % heads.length] ?? "", body: "" });
    }
    case "reports":
      return liveReports(requests);
    case "inventories":
    case "unknown keys":
      return createHostileReports(requests);
    case "backfill":
      return backfillReports(requests);
  }
}

type Device = { credential: string; bootId: string; machine: RealisticMachine; sequence: number };

function devicesOf(credentials: readonly string[], firstSequence: number): Device[] {
  return credentials.map((credential, index) => ({
    credential,
    bootId: `5d1f8d1e-0000-4000-8000-${String(index).padStart(12, "0")}`,
    machine: createRealisticMachine(index + 1),
    sequence: firstSequence,
  }));
}

function liveReports({
  devices: credentials,
  firstSequence,
  epoch,
  rounds = Number.POSITIVE_INFINITY,
}: Extract<LoadRequests, { kind: "reports" }>): () => PreparedRequest | null {
  const devices = devicesOf(credentials, firstSequence);
  let turn = 0;
  return () => {
    const device = turn < rounds * devices.length ? devices[turn % devices.length] : null;
    if (!device) return null;
    turn += 1;
    const sentAt = Date.now();
    const body = writeLiveReport(
      { epoch, sequence: device.sequence++ },
      { bootId: device.bootId, sentAt },
      device.machine.next(sentAt - 5),
      { intervalS: 30, inventoryHash: INVENTORY_HASH, policyId },
    );
    return { head: headOf(device.credential), body };
  };
}

/** Cycles through the devices; each sends its whole time in reports of 500 samples, compressed like the agent's. */
function backfillReports({
  devices: credentials,
  hours,
  epoch,
}: Extract<LoadRequests, { kind: "backfill" }>): () => PreparedRequest | null {
  const devices = devicesOf(credentials, 1);
  const samplesEach = (hours * 3_600_000) / INTERVAL_MS;
  const reportsEach = Math.ceil(samplesEach / BACKFILL_SAMPLES);
  const start = Date.now() - hours * 3_600_000;
  let turn = 0;
  return () => {
    const device = devices[turn % devices.length];
    const round = Math.floor(turn / devices.length);
    turn += 1;
    if (!device || round >= reportsEach) return null;
    const first = round * BACKFILL_SAMPLES;
    const count = Math.min(BACKFILL_SAMPLES, samplesEach - first);
    const samples = Array.from({ length: count }, (_, index) =>
      device.machine.next(start + (first + index) * INTERVAL_MS),
    );
    const moment = { bootId: device.bootId, sentAt: Date.now() };
    const body = gzipSync(writeBackfillReport({ epoch, sequence: device.sequence++ }, moment, samples));
    return { head: `${headOf(device.credential)}content-encoding: gzip\r\n`, body };
  };
}

function headOf(credential: string): string {
  return `POST /api/v1/agent/report HTTP/1.1\r\nauthorization: Bearer ${credential}\r\ncontent-type: application/json\r\nhost: localhost\r\nconnection: keep-alive\r\n`;
}
