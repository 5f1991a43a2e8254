import type { Lane, Report } from "@muster/shared/contracts/report.ts";
import { AGENT_PATHS, RESENT_AT_HEADER } from "@muster/shared/protocol/agent-protocol.ts";
import type { EnrolledDevice } from "./enrol-device.ts";

/** Between two samples of a device; far more than its clock can seem to be off by. */
export const SPACING_MS = 10_000;
const SPAN_MS = 70 * 3_600_000;
const BACKFILL_SAMPLES = 3;

export type ReportingDevice = EnrolledDevice & {
  /**
   * Reports in these lanes at once, in each one report at a time: numbered once and sent again, byte for byte, until it is
   * answered 2xx. Ends when `signal` aborts and nothing is unanswered. Rejects for an answer below 500 that is not 200.
   */
  report(server: () => Promise<string>, signal: AbortSignal, lanes?: readonly Lane[]): Promise<void>;
  /** What was answered 2xx: the serial numbers of the samples. Each sample carries its own as `netIn`. */
  readonly answered: ReadonlySet<number>;
  /** When the first sample was taken, by the device. */
  readonly since: number;
};

/** A device that speaks the wire as the agent does, as fast as it is answered. `onAnswer` hears of each 2xx. */
export function createReportingDevice(device: EnrolledDevice, onAnswer: () => void): ReportingDevice {
  const since = Math.floor((Date.now() - SPAN_MS) / SPACING_MS) * SPACING_MS;
  const answered = new Set<number>();
  let lastSerial = 0;

  function nextReport(lane: Lane, sequence: number): Report {
    const count = lane === "live" ? 1 : BACKFILL_SAMPLES;
    const samples = Array.from({ length: count }, () => {
      lastSerial += 1;
      return { at: since + lastSerial * SPACING_MS, cpu: lastSerial % 100, netIn: lastSerial };
    });
    const numbering = { v: 1 as const, epoch: "epoch1", lane, sequence };
    return { ...numbering, sentAt: Date.now(), bootId: "boot-1", samples, intervalS: SPACING_MS / 1000 };
  }

  async function deliver(body: string, server: () => Promise<string>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const status = await send(`${await server()}${AGENT_PATHS.report}`, body, attempt > 1);
      if (status === 200) return;
      if (status !== null && status < 500) throw new Error(`a report was answered ${status}`);
    }
  }

  async function send(address: string, body: string, isResent: boolean): Promise<number | null> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${device.bearer}`,
      "content-type": "application/json",
    };
    if (isResent) headers[RESENT_AT_HEADER] = String(Date.now());
    try {
      const answer = await fetch(address, { method: "POST", headers, body });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null; // The server was killed: whether it had the report, nobody knows.
    }
  }

  async function runLane(lane: Lane, server: () => Promise<string>, signal: AbortSignal): Promise<void> {
    for (let sequence = 1; !signal.aborted; sequence += 1) {
      const report = nextReport(lane, sequence);
      await deliver(JSON.stringify(report), server);
      for (const { netIn = 0 } of report.samples) answered.add(netIn);
      onAnswer();
    }
  }

  return {
    ...device,
    answered,
    since,
    async report(server, signal, lanes = ["live", "backfill"]) {
      await Promise.all(lanes.map((lane) => runLane(lane, server, signal)));
    },
  };
}
