import { setTimeout } from "node:timers/promises";
import type { Lane, Report } from "@muster/shared/contracts/report.ts";
import { AGENT_PATHS, RESENT_AT_HEADER } from "@muster/shared/protocol/agent-protocol.ts";
import type { EnrolledDevice } from "./enrol-device.ts";

/** Between two samples of a device; far more than its clock can seem to be off by. */
export const SPACING_MS = 3_000;
const SPAN_MS = 70 * 3_600_000;
const BACKFILL_SAMPLES = 3;
const LANES: readonly Lane[] = ["live", "backfill"];

type Sent = { status: number; headers: Headers; body: ReturnType<typeof JSON.parse> };

/** A device that speaks the wire as the agent does. Each sample carries its own serial number as `netIn`. */
export type ReportingDevice = EnrolledDevice & {
  /** Serial numbers of the samples in reports that were answered 2xx. */
  readonly answered: ReadonlySet<number>;
  /** When sample 0 would have been taken; each next one is `SPACING_MS` later. */
  readonly since: number;
  /** The next report of the lane, numbered once. */
  next(lane: Lane): Report;
  /** Sends a report, again or for the first time; null when it is unknown whether it arrived. */
  send(server: string, report: Report, options?: { isResent?: boolean }): Promise<Sent | null>;
  /**
   * Reports in these lanes at the same time, in each one report at a time, sending it again until it is answered 2xx: as fast as it is
   * answered, or `everyMs`. Waits as long as a 429 asks for. Ends when `signal` aborts and nothing is unanswered. Rejects for another
   * answer below 500 that is not 200.
   */
  report(
    server: () => Promise<string>,
    signal: AbortSignal,
    options?: { lanes?: readonly Lane[]; everyMs?: number },
  ): Promise<void>;
};

/** `onAnswer` hears of each 2xx. */
export function createReportingDevice(
  device: EnrolledDevice,
  onAnswer: () => void = () => undefined,
): ReportingDevice {
  const since = Math.floor((Date.now() - SPAN_MS) / SPACING_MS) * SPACING_MS;
  const sequences: Record<Lane, number> = { live: 0, backfill: 0 };
  const answered = new Set<number>();
  let lastSerial = 0;

  function next(lane: Lane): Report {
    const samples = Array.from({ length: lane === "live" ? 1 : BACKFILL_SAMPLES }, () => {
      lastSerial += 1;
      return { at: since + lastSerial * SPACING_MS, cpu: lastSerial % 100, netIn: lastSerial };
    });
    sequences[lane] += 1;
    const numbering = { v: 1 as const, epoch: "epoch1", lane, sequence: sequences[lane] };
    return { ...numbering, sentAt: Date.now(), bootId: "boot-1", samples, intervalS: SPACING_MS / 1000 };
  }

  async function send(
    server: string,
    report: Report,
    { isResent = false }: { isResent?: boolean } = {},
  ): Promise<Sent | null> {
    const headers = {
      authorization: `Bearer ${device.bearer}`,
      "content-type": "application/json",
      ...(isResent && { [RESENT_AT_HEADER]: String(Date.now()) }),
    };
    const init = { method: "POST", headers, body: JSON.stringify(report) };
    try {
      const answer = await fetch(server + AGENT_PATHS.report, init);
      const body = await answer.json();
      if (answer.status === 200) taken(report);
      return { status: answer.status, headers: answer.headers, body };
    } catch {
      return null; // The server was killed: whether it had the report is unknown.
    }
  }

  function taken(report: Report): void {
    for (const { netIn = 0 } of report.samples) answered.add(netIn);
    onAnswer();
  }

  async function deliver(report: Report, server: () => Promise<string>): Promise<void> {
    for (let isResent = false; ; isResent = true) {
      const sent = await send(await server(), report, { isResent });
      if (sent?.body?.refusedSamples) throw new Error("the device has no past left to report");
      if (sent?.status === 200) return;
      if (sent?.status === 429) await setTimeout(Number(sent.headers.get("retry-after")) * 1_000);
      else if (sent && sent.status < 500) throw new Error(`a report was answered ${sent.status}`);
    }
  }

  async function runLane(
    lane: Lane,
    { server, signal, everyMs }: { server: () => Promise<string>; signal: AbortSignal; everyMs: number },
  ): Promise<void> {
    while (!signal.aborted) {
      await deliver(next(lane), server);
      if (everyMs > 0) await setTimeout(everyMs);
    }
  }

  return {
    ...device,
    answered,
    since,
    next,
    send,
    async report(server, signal, { lanes = LANES, everyMs = 0 } = {}) {
      await Promise.all(lanes.map((lane) => runLane(lane, { server, signal, everyMs })));
    },
  };
}
