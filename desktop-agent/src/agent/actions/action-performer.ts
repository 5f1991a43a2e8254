import type { ActionEnd, ActionProgress } from "@muster/shared/contracts/action-delivery.ts";
import { cleanLine } from "../../collectors/clean-line.ts";
import { type Log, messageOf } from "../log.ts";
import type { ActionHost, Job } from "./action-handler.ts";
import { type ActionJournal, mayComeBack } from "./action-journal.ts";
import { errorEnd } from "./action-outcome.ts";
import type { AtFaultPoint } from "./fault-points.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { Preparation, PreparedAction } from "./prepare-action.ts";
import type { ServerTime } from "./server-time.ts";
import type { Statements } from "./statements.ts";

/**
 * Takes accepted actions to their end: asks the server, writes, acts, writes, tells. Several may be under way at once. None of its
 * functions rejects.
 */
export type ActionPerformer = {
  /** Takes up what earlier runs left: what was started ends or is waited for, nothing is started again. */
  recover(): Promise<void>;
  /** Goes on with an accepted action. */
  begin(id: string): void;
  /** Ends an accepted action without starting it. */
  conclude(id: string, end: ActionEnd): void;
  /** The server can be reached: tells again what was not heard, and, when work is wanted, asks again what has no answer yet. */
  goOn(wantsWork: boolean): void;
  askToCancel(id: string): void;
  isUnderWay(id: string): boolean;
  /** Whether something cannot be told before a claim has brought the server's time. */
  lacksServerTime(): boolean;
  /** Lets handlers end as far as they can, and resolves when they have. */
  stop(): Promise<void>;
  /** As `stop`, where no later run goes on: what cannot end by itself ends as interrupted, for this reason. */
  giveWay(why: string): Promise<void>;
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
};

/** How far an action is. `dueSinceBootMs`: when it happens, in the boot's own time. */
type Word = { step: ActionProgress["step"]; dueSinceBootMs: number | null; note: string | null };

type UnderWay = { cancelAsked: AbortController; ending: Promise<void> };

export function createActionPerformer(deps: ActionPerformerDeps): ActionPerformer {
  const { bootId, statements, journal, serverTime, host, log, at } = deps;
  const underWay = new Map<string, UnderWay>();
  /** Starts whose answer was lost: the server may count them as executing. */
  const mayBeStarted = new Set<string>();
  /** The newest word of how far an action is that the server has not heard. */
  const untold = new Map<string, Word>();
  /** Ends that the disk did not take. */
  const unwritten = new Map<string, { bootId: string; end: ActionEnd }>();
  const stopping = new AbortController();
  let gaveWay: string | null = null;

  function follow(id: string, task: (cancelAsked: AbortController) => Promise<void>): void {
    if (underWay.has(id) || stopping.signal.aborted) return;
    const cancelAsked = new AbortController();
    const ending = task(cancelAsked)
      .catch((error: unknown) => log.error(`Action ${id} broke off: ${messageOf(error)}`))
      .finally(() => underWay.delete(id));
    underWay.set(id, { cancelAsked, ending });
  }

  async function perform(id: string, cancelAsked: AbortController): Promise<void> {
    const entry = journal.find(id);
    if (!entry || entry.started || entry.ended) return;
    const answer = await askToStart(entry);
    if (answer === "later") return;
    if (answer === "no") return finish(id, withdrawn(id));
    at("start-answered");
    if (entry.validUntil <= (serverTime.nowMs() ?? 0)) {
      return finish(id, errorEnd("refused-envelope", "its validity was over before it could be started"));
    }
    try {
      await journal.started(id, bootId);
    } catch (error) {
      log.error(
        `Action ${id} (${entry.type}) was not started, the journal cannot be written: ${messageOf(error)}`,
      );
      return finish(id, errorEnd("journal-unwritable", `nothing was done: ${messageOf(error)}`));
    }
    at("started");
    log.info(`Action ${id} (${entry.type}) starts.`);
    await act(entry, cancelAsked.signal, "run");
  }

  async function askToStart({ id, nonce, type }: JournalEntry): Promise<"yes" | "no" | "later"> {
    const outcome = await statements.start(id, nonce, bootId);
    if (outcome.kind === "taken") return "yes";
    if (outcome.kind === "unknown") mayBeStarted.add(id);
    if (outcome.kind !== "refused") return "later";
    log.info(`Action ${id} (${type}) is not to be started: ${outcome.reason}.`);
    return "no";
  }

  /** The end of what the server does not let start. Whether it was cancelled or expired the server knows itself. */
  function withdrawn(id: string): ActionEnd {
    if (!mayBeStarted.delete(id)) return { outcome: "cancelled" };
    return errorEnd("interrupted", "nothing was done: the answer to the start came too late");
  }

  async function act(
    entry: JournalEntry,
    cancelAsked: AbortSignal,
    how: keyof PreparedAction,
  ): Promise<void> {
    const { id, type, payload, started, askedBy } = entry;
    const prepared = await deps.prepareAction(type, payload);
    if (prepared.kind !== "ready" || !started) {
      return finish(
        id,
        errorEnd("interrupted", "this version of the agent does not know how it was meant to end"),
      );
    }
    const job: Job = {
      id,
      askedBy,
      bootId,
      started,
      cancelAsked,
      stopping: stopping.signal,
      tell: (step, inMs, note) => void tellProgress(id, step, inMs, note),
    };
    const unfinished = () => (gaveWay === null ? null : errorEnd("interrupted", gaveWay));
    const end = (await prepared.action[how](job, host)) ?? unfinished();
    at("acted");
    if (end) await finish(id, end);
  }

  async function tellProgress(
    id: string,
    step: ActionProgress["step"],
    inMs: number | null,
    note: string | undefined,
  ): Promise<void> {
    const dueSinceBootMs = inMs === null ? null : host.clock.sinceBootMs() + inMs;
    untold.set(id, { step, dueSinceBootMs, note: cleanLine(note, 200) ?? null });
    await tellUntold(id);
  }

  async function tellUntold(id: string): Promise<void> {
    const word = untold.get(id);
    const nowMs = serverTime.nowMs();
    // Without its instant the server would not wait for it: the next claim brings the server's time.
    if (!word || (word.dueSinceBootMs !== null && nowMs === null)) return;
    const { step, dueSinceBootMs, note } = word;
    const until =
      dueSinceBootMs === null || nowMs === null
        ? null
        : Math.max(0, Math.round(nowMs + dueSinceBootMs - host.clock.sinceBootMs()));
    const outcome = await statements.progress(id, { step, until, note });
    if (outcome.kind !== "taken")
      log.info(`The server has not heard that action ${id} is ${step}: ${outcome.reason}`);
    const isSettled = outcome.kind === "taken" || outcome.kind === "refused";
    if (isSettled && untold.get(id) === word) untold.delete(id);
  }

  async function finish(id: string, end: ActionEnd): Promise<void> {
    try {
      await journal.ended(id, bootId, end);
    } catch (error) {
      // It is told all the same; after a crash it would be told as interrupted, which the server then does not take.
      log.error(`The end of action ${id} could not be stored: ${messageOf(error)}`);
      unwritten.set(id, { bootId, end });
    }
    log.info(`Action ${id} ended: ${describe(end)}.`);
    at("ended");
    untold.delete(id);
    await report(id);
  }

  async function report(id: string): Promise<void> {
    const ended = unwritten.get(id) ?? journal.find(id)?.ended;
    if (!ended || (stopping.signal.aborted && gaveWay === null)) return;
    const outcome = await statements.result(id, ended.bootId, ended.end);
    if (outcome.kind !== "taken" && outcome.kind !== "refused") return;
    at("result-answered");
    if (outcome.kind === "refused")
      log.warn(`The server does not take the end of action ${id}: ${outcome.reason}`);
    if (unwritten.delete(id)) return;
    try {
      await journal.reported(id, outcome.kind === "taken");
    } catch (error) {
      log.warn(`That the end of action ${id} was told could not be stored: ${messageOf(error)}`);
    }
    at("reported");
  }

  function takeUp(entry: JournalEntry): void {
    const { id, started, ended, reported } = entry;
    if (ended && !reported) return follow(id, () => report(id));
    if (ended) {
      // Only a machine that restarted after all has something to add.
      if (started && started.bootId !== bootId && mayComeBack(entry)) {
        follow(id, ({ signal }) => act(entry, signal, "resume"));
      }
      return;
    }
    if (started) return follow(id, ({ signal }) => act(entry, signal, "resume"));
    mayBeStarted.add(id);
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await Promise.all([...underWay.values()].map(({ ending }) => ending));
  }

  return {
    async recover() {
      try {
        await journal.load();
      } catch (error) {
        return log.error(`The journal of actions cannot be read, so none is started: ${messageOf(error)}`);
      }
      for (const entry of journal.open()) takeUp(entry);
    },
    begin(id) {
      mayBeStarted.delete(id);
      follow(id, (cancelAsked) => perform(id, cancelAsked));
    },
    conclude: (id, end) => follow(id, () => finish(id, end)),
    goOn(wantsWork) {
      for (const id of untold.keys()) void tellUntold(id);
      for (const id of unwritten.keys()) follow(id, () => report(id));
      for (const { id, started, ended, reported } of journal.open()) {
        if (ended && !reported) follow(id, () => report(id));
        // The server's time is needed to know whether an order is still valid.
        if (wantsWork && !ended && !started && serverTime.nowMs() !== null)
          follow(id, (cancelAsked) => perform(id, cancelAsked));
      }
    },
    askToCancel: (id) => underWay.get(id)?.cancelAsked.abort(),
    isUnderWay: (id) => underWay.has(id),
    lacksServerTime: () => untold.size > 0 && serverTime.nowMs() === null,
    stop,
    giveWay(why) {
      gaveWay = why;
      return stop();
    },
  };
}

function describe(end: ActionEnd): string {
  return end.outcome === "error" ? `${end.code}, ${end.message}` : end.outcome;
}
