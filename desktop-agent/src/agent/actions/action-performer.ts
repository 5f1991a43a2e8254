import type { ActionEnd } from "@muster/shared/contracts/action-delivery.ts";
import { type Log, messageOf } from "../log.ts";
import type { ActionHost, Job } from "./action-handler.ts";
import { type ActionJournal, mayComeBack } from "./action-journal.ts";
import { errorEnd } from "./action-outcome.ts";
import { type ActionResults, createActionResults } from "./action-results.ts";
import type { AtFaultPoint } from "./fault-points.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { Preparation, PreparedAction } from "./prepare-action.ts";
import { createProgressReports } from "./progress-reports.ts";
import { createRunningActions, type RunningActions } from "./running-actions.ts";
import type { ServerTime } from "./server-time.ts";
import type { Statements } from "./statements.ts";

/**
 * Takes accepted actions to their end: asks the server, writes, acts, writes, reports. Several may run at the same time. None of its
 * functions rejects.
 */
export type ActionPerformer = {
  /** Continues what earlier runs left: what was started ends or is waited for, nothing is started again. */
  recover(): Promise<void>;
  /** Goes on with an accepted action. */
  begin(id: string): void;
  /** Ends an accepted action without starting it. */
  conclude(id: string, end: ActionEnd): void;
  /** Reports what the server does not have, and, when work is wanted, asks again to start what has no answer yet. */
  serverReached(wantsWork: boolean): void;
  requestCancel(id: string): void;
  isUnderWay(id: string): boolean;
  /** Whether something can be reported only after a claim has brought the server's time. */
  needsServerTime(): boolean;
  /** Lets handlers end as far as they can, and resolves when they have. */
  stop(): Promise<void>;
  /** As `stop`, where no later run continues: what cannot end by itself ends as interrupted, for this reason. */
  handOver(why: string): Promise<void>;
};

export type ActionPerformerDeps = {
  bootId: string;
  statements: Statements;
  journal: ActionJournal;
  serverTime: ServerTime;
  host: ActionHost;
  prepareAction: (type: string, payload: unknown) => Promise<Preparation>;
  at: AtFaultPoint;
  log: Log;
  /** The journal cannot be read. */
  journalDamaged: (reason: string) => void;
};

export function createActionPerformer(deps: ActionPerformerDeps): ActionPerformer {
  const { bootId, journal, serverTime, log } = deps;
  const running = createRunningActions(log);
  const { clock } = deps.host;
  const progress = createProgressReports({ ...deps, clock });
  const mayReport = () => !running.stopping.aborted || running.handedOver() !== null;
  const results = createActionResults({ ...deps, progress, mayReport });
  const act = createActor(deps, running, results, progress.report);
  const start = createStarter(deps, results, act);

  function recoverEntry(entry: JournalEntry): void {
    const { id, started, ended, reported } = entry;
    if (ended && !reported) return running.track(id, () => results.report(id));
    if (ended) {
      // Only a machine that restarted after all has something to add.
      if (started && started.bootId !== bootId && mayComeBack(entry)) {
        running.track(id, (cancel) => act(entry, cancel, "resume"));
      }
      return;
    }
    if (started) return running.track(id, (cancel) => act(entry, cancel, "resume"));
    if (entry.mayHaveStarted) {
      const message =
        "The journal is damaged and may have contained the start of this action. It is not run again.";
      return running.track(id, () => results.finish(id, errorEnd("interrupted", message)));
    }
    start.mayHaveStarted(id);
  }

  return {
    async recover() {
      try {
        await journal.load();
      } catch (error) {
        deps.journalDamaged(messageOf(error));
        return log.error(`The journal of actions cannot be read, so none is started: ${messageOf(error)}`);
      }
      for (const entry of journal.open()) recoverEntry(entry);
    },
    begin(id) {
      start.isNew(id);
      running.track(id, (cancel) => start.perform(id, cancel));
    },
    conclude: (id, end) => running.track(id, () => results.finish(id, end)),
    serverReached(wantsWork) {
      progress.resend();
      for (const id of results.unstored()) running.track(id, () => results.report(id));
      for (const { id, started, ended, reported } of journal.open()) {
        if (ended && !reported) running.track(id, () => results.report(id));
        // The server's time is needed to know whether an order is still valid.
        if (wantsWork && !ended && !started && serverTime.nowMs() !== null)
          running.track(id, (cancel) => start.perform(id, cancel));
      }
    },
    requestCancel: running.requestCancel,
    isUnderWay: running.has,
    needsServerTime: () => progress.hasUnsent() && serverTime.nowMs() === null,
    stop: () => running.stop(null),
    handOver: (why) => running.stop(why),
  };
}

type Act = (entry: JournalEntry, cancelRequested: AbortSignal, how: keyof PreparedAction) => Promise<void>;

/** Runs or resumes the handler of a started action, and finishes it. */
function createActor(
  { bootId, host, at, prepareAction }: ActionPerformerDeps,
  running: RunningActions,
  results: ActionResults,
  report: (id: string, ...progress: Parameters<Job["reportProgress"]>) => Promise<void>,
): Act {
  return async (entry, cancelRequested, how) => {
    const { id, type, payload, started, askedBy } = entry;
    const prepared = await prepareAction(type, payload);
    if (prepared.kind !== "ready" || !started) {
      const message = "This version of the agent cannot finish this action.";
      return results.finish(id, errorEnd("interrupted", message));
    }
    const job: Job = {
      id,
      askedBy,
      bootId,
      started,
      cancelRequested,
      stopping: running.stopping,
      reportProgress: (step, inMs, note) => void report(id, step, inMs, note),
    };
    const end = (await prepared.action[how](job, host)) ?? endByHandOver(running.handedOver());
    at("acted");
    if (end) await results.finish(id, end);
  };
}

function endByHandOver(why: string | null): ActionEnd | null {
  return why === null ? null : errorEnd("interrupted", why);
}

/** Asks the server whether an accepted action may start, and starts it. */
function createStarter(
  { bootId, statements, journal, serverTime, at, log }: ActionPerformerDeps,
  results: ActionResults,
  act: Act,
) {
  /** Starts whose answer was lost: the server may count them as executing. */
  const mayBeStarted = new Set<string>();

  async function requestStart({ id, nonce, type }: JournalEntry): Promise<"yes" | "no" | "later"> {
    const outcome = await statements.start(id, nonce, bootId);
    if (outcome.kind === "taken") return "yes";
    if (outcome.kind === "unknown") mayBeStarted.add(id);
    if (outcome.kind !== "refused") return "later";
    log.info(`Action ${id} (${type}) does not start: ${outcome.reason}`);
    return "no";
  }

  /** The end of what the server does not let start. The server knows whether it was cancelled or expired. */
  function endNotStarted(id: string): ActionEnd {
    if (!mayBeStarted.delete(id)) return { outcome: "cancelled" };
    return errorEnd(
      "interrupted",
      "Nothing was done: the answer of the server to the start arrived too late.",
    );
  }

  return {
    mayHaveStarted: (id: string) => void mayBeStarted.add(id),
    isNew: (id: string) => void mayBeStarted.delete(id),
    async perform(id: string, cancelRequested: AbortSignal): Promise<void> {
      const entry = journal.find(id);
      if (!entry || entry.started || entry.mayHaveStarted || entry.ended) return;
      const answer = await requestStart(entry);
      if (answer === "later") return;
      if (answer === "no") return results.finish(id, endNotStarted(id));
      at("start-answered");
      if (entry.validUntil <= (serverTime.nowMs() ?? 0)) {
        const message = "The action expired before it could start.";
        return results.finish(id, errorEnd("refused-envelope", message));
      }
      try {
        await journal.started(id, bootId);
      } catch (error) {
        const reason = messageOf(error);
        log.error(`Action ${id} (${entry.type}) was not started, the journal cannot be written: ${reason}`);
        return results.finish(
          id,
          errorEnd("journal-unwritable", `Nothing was done, as the journal cannot be written: ${reason}`),
        );
      }
      at("started");
      log.info(`Action ${id} (${entry.type}) starts.`);
      await act(entry, cancelRequested, "run");
    },
  };
}
