import type { Report, ReportAnswer } from "@muster/shared/contracts/report.ts";
import type { Clock } from "../../platform/ports.ts";
import type { ReportOutcome, SendOptions, ServerClient } from "../../transport/server-client.ts";
import type { Outbox } from "./outbox.ts";
import { parseOwn } from "../state/state-file.ts";
import { type LiveExtras, writeLiveReport } from "./report-writer.ts";
import type { Spool } from "../spool/spool.ts";
import type { TimedSample } from "../spool/timed-sample.ts";

/** What is to be said now: a sample with its extras, or only the extras (a heartbeat). */
export type LiveMessage = { sample: TimedSample | null; extras: LiveExtras };

/** What the engine hears of a lane. `message` is null for a report that an earlier run of the agent wrote. */
export type LaneEvent =
  | { kind: "delivered"; answer: ReportAnswer; message: LiveMessage | null }
  | { kind: "refused"; reason: string; message: LiveMessage | null }
  /** `reason` is null when it was not even tried, because of earlier failures. */
  | { kind: "unreached"; reason: string | null }
  | { kind: "conflict" }
  | { kind: "revoked" }
  | { kind: "machine-mismatch" };

export type LiveLane = {
  /** Sends it, or keeps its sample in the spool. A message that still waits for its turn gives way to a newer one. */
  offer(message: LiveMessage): void;
  /** Says one last message within `limitMs`, with one attempt, giving up what is under way. */
  sayLast(extras: LiveExtras, limitMs: number): Promise<void>;
  /** Gives up what is under way, and resolves when that has ended. */
  giveUp(): Promise<void>;
};

type Deps = {
  client: ServerClient;
  outbox: Outbox;
  spool: Spool;
  clock: Clock;
  bootId: string;
  heard: (event: LaneEvent) => void;
};

/** Conflicts in a row after which the lane waits for the next message instead of beginning yet another epoch. */
const MOST_CONFLICTS = 2;

/** The lane of the present: one report at a time, the newest sample; what could not be sent goes to the spool. */
export function createLiveLane({ client, outbox, spool, clock, bootId, heard }: Deps): LiveLane {
  let waiting: LiveMessage | null = null;
  let running: Promise<void> | null = null;
  let patience = new AbortController();
  let conflicts = 0;
  /** What the pending report says; null when an earlier run wrote it. */
  let pendingMessage: LiveMessage | null = null;
  /** Whether the server may have the pending report. */
  let mayHaveArrived = outbox.pending("live") !== null;

  function start(task: () => Promise<void>): Promise<void> {
    running = task().finally(() => {
      running = null;
      if (waiting) void start(sendWaiting);
    });
    return running;
  }

  async function sendWaiting(): Promise<void> {
    await releaseKept();
    while (outbox.pending("live") || waiting) {
      if (!outbox.pending("live") && !(await writeWaiting())) return;
      if (!(await transmit({ signal: patience.signal }))) return keepWaiting();
    }
  }

  /** Makes the waiting message the pending report. False when it cannot leave now and was kept instead. */
  async function writeWaiting(): Promise<boolean> {
    const message = waiting;
    if (!message) return false;
    if (!client.isOpen()) {
      await keepWaiting();
      heard({ kind: "unreached", reason: null });
      return false;
    }
    waiting = null;
    await write(message);
    return true;
  }

  async function write(message: LiveMessage): Promise<void> {
    const moment = { bootId, sentAt: clock.wallMs() };
    const sample = message.sample?.sample ?? null;
    await outbox.hold("live", writeLiveReport(outbox.nextStamp("live"), moment, sample, message.extras));
    pendingMessage = message;
    mayHaveArrived = false;
  }

  async function keepWaiting(): Promise<void> {
    const message = waiting;
    waiting = null;
    if (message?.sample) await spool.append(message.sample);
  }

  /** Sends the pending report. True when the lane may go on. */
  async function transmit(options: SendOptions): Promise<boolean> {
    const body = outbox.pending("live")?.body ?? "";
    const outcome = await client.report(body, { ...options, isResent: mayHaveArrived });
    if (outcome.kind !== "conflict") conflicts = 0;
    return settle(outcome);
  }

  async function settle(outcome: ReportOutcome): Promise<boolean> {
    const message = pendingMessage;
    switch (outcome.kind) {
      case "delivered":
        await outbox.settle("live", { wasUsed: true });
        heard({ kind: "delivered", answer: outcome.answer, message });
        return true;
      case "refused":
        // Extras may be what it does not take: the sample is tried once more, without them, by the backfill lane.
        if (message?.sample && (message.extras.facts || message.extras.inventory))
          await spool.append(message.sample);
        await outbox.settle("live", { wasUsed: false });
        heard({ kind: "refused", reason: outcome.error.message, message });
        return true;
      case "conflict":
        await outbox.renewEpoch(clock.wallMs());
        mayHaveArrived = false;
        conflicts += 1;
        heard({ kind: "conflict" });
        return conflicts < MOST_CONFLICTS;
      case "revoked":
      case "machine-mismatch":
        heard({ kind: outcome.kind });
        return false;
      case "not-sent":
        if (pendingMessage && !mayHaveArrived) await release(pendingMessage);
        heard({ kind: "unreached", reason: outcome.reason });
        return false;
      case "unknown":
        mayHaveArrived = true;
        heard({ kind: "unreached", reason: outcome.reason });
        return false;
    }
  }

  /** The server has surely not seen the pending report: its sample goes to the spool, then its number is free again. */
  async function release({ sample }: LiveMessage): Promise<void> {
    if (sample) await spool.append(sample);
    await outbox.settle("live", { wasUsed: false });
  }

  /** A crash between the two steps of `release` left the sample in both places. */
  async function releaseKept(): Promise<void> {
    const pending = outbox.pending("live");
    if (!pending || pendingMessage) return;
    const sample = parseOwn<Report>(pending.body, ({ samples }) => samples.length > 0)?.samples[0];
    if (sample && spool.hasRecent(sample.at)) await outbox.settle("live", { wasUsed: false });
  }

  async function sayLastNow(extras: LiveExtras, signal: AbortSignal): Promise<void> {
    await keepWaiting();
    const once = { attempts: 1, signal };
    if (outbox.pending("live") && !(await transmit(once))) return;
    if (!client.isOpen()) return;
    await write({ sample: null, extras });
    await transmit(once);
  }

  async function giveUp(): Promise<void> {
    patience.abort();
    while (running) await running;
    patience = new AbortController();
  }

  return {
    offer(message) {
      if (waiting?.sample) void spool.append(waiting.sample);
      waiting = message;
      if (!running) void start(sendWaiting);
    },
    async sayLast(extras, limitMs) {
      const limit = new AbortController();
      const cancel = clock.after(limitMs, () => limit.abort());
      await giveUp();
      await start(() => sayLastNow(extras, limit.signal));
      cancel();
    },
    giveUp,
  };
}
