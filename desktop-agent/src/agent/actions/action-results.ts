import type { ActionEnd } from "@muster/shared/contracts/action-delivery.ts";
import { type Log, messageOf } from "../log.ts";
import type { ActionJournal } from "./action-journal.ts";
import type { AtFaultPoint } from "./fault-points.ts";
import type { ProgressReports } from "./progress-reports.ts";
import type { Statements } from "./statements.ts";

/** Writes how actions ended and reports it to the server. None of its functions rejects. */
export type ActionResults = {
  finish(id: string, end: ActionEnd): Promise<void>;
  /** Reports an end that the server may not have. */
  report(id: string): Promise<void>;
  /** Actions whose end the disk did not accept. */
  unstored(): Iterable<string>;
};

type Deps = {
  bootId: string;
  journal: ActionJournal;
  statements: Statements;
  progress: ProgressReports;
  /** False once the agent stops: a later run reports. */
  mayReport: () => boolean;
  at: AtFaultPoint;
  log: Log;
};

export function createActionResults(deps: Deps): ActionResults {
  const { bootId, journal, statements, progress, at, log } = deps;
  const unstored = new Map<string, { bootId: string; end: ActionEnd }>();

  async function report(id: string): Promise<void> {
    const ended = unstored.get(id) ?? journal.find(id)?.ended;
    if (!ended || !deps.mayReport()) return;
    const outcome = await statements.result(id, ended.bootId, ended.end);
    if (outcome.kind !== "taken" && outcome.kind !== "refused") return;
    at("result-answered");
    if (outcome.kind === "refused")
      log.warn(`The server does not accept the end of action ${id}: ${outcome.reason}`);
    if (unstored.delete(id)) return;
    try {
      await journal.reported(id, outcome.kind === "taken");
    } catch (error) {
      log.warn(`The journal could not store that the end of action ${id} was reported: ${messageOf(error)}`);
    }
    at("reported");
  }

  return {
    async finish(id, end) {
      try {
        await journal.ended(id, bootId, end);
      } catch (error) {
        // Reported all the same; after a crash it would be reported as interrupted, which the server then refuses.
        log.error(`The end of action ${id} could not be stored: ${messageOf(error)}`);
        unstored.set(id, { bootId, end });
      }
      log.info(`Action ${id} ended: ${describe(end)}.`);
      at("ended");
      progress.forget(id);
      await report(id);
    },
    report,
    unstored: () => unstored.keys(),
  };
}

function describe(end: ActionEnd): string {
  return end.outcome === "error" ? `${end.code}, ${end.message}` : end.outcome;
}
