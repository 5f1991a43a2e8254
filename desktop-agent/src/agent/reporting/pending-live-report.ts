import type { Report } from "@muster/shared/contracts/report.ts";
import type { Clock } from "../../platform/ports.ts";
import type { ReportOutcome, SendOptions, ServerClient } from "../../transport/server-client.ts";
import type { Spool } from "../spool/spool.ts";
import { parseStored } from "../state/state-file.ts";
import type { LaneEvent, LiveMessage } from "./lane-event.ts";
import type { Outbox } from "./outbox.ts";
import { MAX_RENUMBERINGS, type Renumber } from "./renumber.ts";
import { writeLiveReport } from "./report-writer.ts";

/** The one live report that is written and not settled. */
export type PendingLiveReport = {
  exists(): boolean;
  /** Makes this message the pending report. */
  write(message: LiveMessage): Promise<void>;
  /** Sends it. True when the lane may go on. */
  send(options: SendOptions): Promise<boolean>;
  /** Drops a report of an earlier run whose sample is in the spool already. */
  dropSpooled(): Promise<void>;
};

export type PendingLiveReportDeps = {
  client: ServerClient;
  outbox: Outbox;
  spool: Spool;
  clock: Clock;
  bootId: string;
  renumber: Renumber;
  onEvent: (event: LaneEvent) => void;
};

export function createPendingLiveReport(deps: PendingLiveReportDeps): PendingLiveReport {
  const { client, outbox, spool, clock, bootId, renumber, onEvent } = deps;
  let renumberings = 0;
  /** The message of the pending report; null when an earlier run wrote it. */
  let pendingMessage: LiveMessage | null = null;
  /** Whether the server may have the pending report. */
  let mayHaveArrived = outbox.pending("live") !== null;

  async function settle(outcome: ReportOutcome, sentBody: string): Promise<boolean> {
    const message = pendingMessage;
    switch (outcome.kind) {
      case "delivered":
        await outbox.settle("live", { wasUsed: true });
        onEvent({ kind: "delivered", answer: outcome.answer, message });
        return true;
      case "refused":
        // The sections may be what it does not accept: the backfill lane tries the sample once more without them.
        if (message?.sample && (message.sections.facts || message.sections.inventory))
          await spool.append(message.sample);
        await outbox.settle("live", { wasUsed: false });
        onEvent({ kind: "refused", reason: outcome.error.message, message });
        return true;
      case "conflict":
      case "behind":
        mayHaveArrived = false;
        renumberings += 1;
        // Otherwise the backfill lane has begun a new epoch in the meantime, with this report in it.
        if (outbox.pending("live")?.body === sentBody) {
          await renumber(outcome.kind === "behind" ? outcome.numbering : null);
          onEvent({ kind: outcome.kind });
        }
        return renumberings < MAX_RENUMBERINGS;
      case "revoked":
        onEvent({ kind: "revoked" });
        return false;
      case "not-sent":
        if (pendingMessage && !mayHaveArrived) await release(pendingMessage);
        onEvent({ kind: "unreached", reason: outcome.reason });
        return false;
      case "unknown":
        mayHaveArrived = true;
        onEvent({ kind: "unreached", reason: outcome.reason });
        return false;
    }
  }

  /** The server has surely not seen the pending report: its sample goes to the spool, then its number is free again. */
  async function release({ sample }: LiveMessage): Promise<void> {
    if (sample) await spool.append(sample);
    await outbox.settle("live", { wasUsed: false });
  }

  return {
    exists: () => outbox.pending("live") !== null,
    async write(message) {
      const moment = { bootId, sentAt: clock.wallMs() };
      const sample = message.sample?.sample ?? null;
      const body = writeLiveReport(outbox.nextStamp("live"), moment, sample, message.sections);
      await outbox.addPending("live", body);
      pendingMessage = message;
      mayHaveArrived = false;
    },
    async send(options) {
      const body = outbox.pending("live")?.body ?? "";
      const outcome = await client.report(body, { ...options, isResent: mayHaveArrived });
      if (outcome.kind !== "conflict" && outcome.kind !== "behind") renumberings = 0;
      return settle(outcome, body);
    },
    // A crash between the two steps of `release` left the sample in both places.
    async dropSpooled() {
      const pending = outbox.pending("live");
      if (!pending || pendingMessage) return;
      const sample = parseStored<Report>(pending.body, ({ samples }) => samples.length > 0)?.samples[0];
      if (sample && spool.hasRecent(sample.at)) await outbox.settle("live", { wasUsed: false });
    },
  };
}
