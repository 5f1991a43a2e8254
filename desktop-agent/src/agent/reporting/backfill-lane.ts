import { MAX_SAMPLES_PER_REPORT } from "@muster/shared/protocol/agent-protocol.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { ReportOutcome, ServerClient } from "../../transport/server-client.ts";
import type { LaneEvent } from "./lane-event.ts";
import { type Log, messageOf } from "../log.ts";
import type { Outbox, Pending } from "./outbox.ts";
import { MAX_RENUMBERINGS, type Renumber } from "./renumber.ts";
import { writeBackfillReport } from "./report-writer.ts";
import type { Spool } from "../spool/spool.ts";

export type BackfillLane = {
  /** The server accepts live reports: what the spool holds may follow, after a while. */
  wake(): void;
  /** Nothing more is sent until the next `wake`. Resolves when what was under way has ended. */
  stop(): Promise<void>;
};

type Deps = {
  client: ServerClient;
  outbox: Outbox;
  spool: Spool;
  clock: Clock;
  random: () => number;
  bootId: string;
  renumber: Renumber;
  intervalMs: () => number;
  log: Log;
  onEvent: (event: LaneEvent) => void;
};

/** The first report waits up to this many intervals, so that a thousand machines do not return in one second. */
const FIRST_WITHIN_INTERVALS = 4;
/** The next ones follow after a quarter to three quarters of an interval. */
const NEXT_AFTER_INTERVALS = { min: 0.25, span: 0.5 };

/** The lane of history: what the spool holds, oldest first, up to 500 samples in one report, spread over time. */
export function createBackfillLane(deps: Deps): BackfillLane {
  const { outbox, spool, clock, random, intervalMs, log } = deps;
  const pending = createPendingBackfill(deps);
  let cancelTimer: Cancel | null = null;
  let running: Promise<void> | null = null;
  let aborting = new AbortController();

  const hasWork = () => outbox.pending("backfill") !== null || spool.status().samples > 0;

  function plan(delayMs: number): void {
    cancelTimer = clock.after(Math.round(delayMs), () => {
      cancelTimer = null;
      running = step(aborting.signal)
        // A disk that cannot be read: what waits there is tried again after the next live report.
        .catch((error: unknown) => log.error(`Waiting samples could not be sent: ${messageOf(error)}`))
        .finally(() => (running = null));
    });
  }

  async function step(signal: AbortSignal): Promise<void> {
    const goesOn = (await pending.write()) && (await pending.send(signal));
    if (goesOn && hasWork() && !signal.aborted) {
      plan(intervalMs() * (NEXT_AFTER_INTERVALS.min + random() * NEXT_AFTER_INTERVALS.span));
    }
  }

  return {
    wake() {
      if (cancelTimer || running || !hasWork()) return;
      plan(random() * FIRST_WITHIN_INTERVALS * intervalMs());
    },
    async stop() {
      cancelTimer?.();
      cancelTimer = null;
      aborting.abort();
      await running;
      aborting = new AbortController();
    },
  };
}

/** The one backfill report that is written and not settled. */
function createPendingBackfill({ client, outbox, spool, clock, bootId, renumber, onEvent }: Deps) {
  /** Whether the server may have the pending report. */
  let mayHaveArrived = outbox.pending("backfill") !== null;
  let batchSize = MAX_SAMPLES_PER_REPORT;
  let renumberings = 0;

  async function settle(outcome: ReportOutcome, sent: Pending): Promise<boolean> {
    const { through = 0 } = sent;
    if (outcome.kind !== "conflict" && outcome.kind !== "behind") renumberings = 0;
    switch (outcome.kind) {
      case "delivered":
        await spool.drop(through);
        await outbox.settle("backfill", { wasUsed: true });
        batchSize = MAX_SAMPLES_PER_REPORT;
        onEvent({ kind: "delivered", answer: outcome.answer, message: null });
        return true;
      case "refused":
        // Halved until the sample that the server does not accept is alone.
        if (batchSize === 1) await spool.drop(through);
        batchSize = batchSize === 1 ? MAX_SAMPLES_PER_REPORT : Math.ceil(batchSize / 2);
        await outbox.settle("backfill", { wasUsed: false });
        onEvent({ kind: "refused", reason: outcome.error.message, message: null });
        return true;
      case "conflict":
      case "behind":
        mayHaveArrived = false;
        renumberings += 1;
        // Otherwise the live lane has begun a new epoch in the meantime, with this report in it.
        if (outbox.pending("backfill")?.body === sent.body) {
          await renumber(outcome.kind === "behind" ? outcome.numbering : null);
          onEvent({ kind: outcome.kind });
        }
        return renumberings < MAX_RENUMBERINGS;
      case "revoked":
        onEvent({ kind: "revoked" });
        return false;
      case "not-sent":
        if (!mayHaveArrived) await outbox.settle("backfill", { wasUsed: false });
        return false;
      case "unknown":
        mayHaveArrived = true;
        return false;
    }
  }

  return {
    /** Makes the oldest samples the pending report, unless there is one. False when there is nothing to send. */
    async write(): Promise<boolean> {
      if (outbox.pending("backfill")) return true;
      const batch = await spool.peek(batchSize);
      if (!batch) return false;
      const moment = { bootId, sentAt: clock.wallMs() };
      const body = writeBackfillReport(outbox.nextStamp("backfill"), moment, batch.samples);
      await outbox.addPending("backfill", body, batch.through);
      mayHaveArrived = false;
      return true;
    },
    /** True when the lane may go on. */
    async send(signal: AbortSignal): Promise<boolean> {
      const pending = outbox.pending("backfill");
      if (!pending) return false;
      const outcome = await client.report(pending.body, { isResent: mayHaveArrived, signal });
      return settle(outcome, pending);
    },
  };
}
