import type { ActionProgress } from "@muster/shared/contracts/action-delivery.ts";
import { cleanLine } from "../../collectors/clean-line.ts";
import type { Clock } from "../../platform/ports.ts";
import type { Log } from "../log.ts";
import type { ServerTime } from "./server-time.ts";
import type { Statements } from "./statements.ts";

/** `dueSinceBootMs`: when the action happens, in milliseconds since boot. */
type Progress = { step: ActionProgress["step"]; dueSinceBootMs: number | null; note: string | null };

/** The newest progress of each action, until the server has it. None of its functions rejects. */
export type ProgressReports = {
  /** @param inMs milliseconds from now until it happens, null when there is no such instant */
  report(
    id: string,
    step: ActionProgress["step"],
    inMs: number | null,
    note: string | undefined,
  ): Promise<void>;
  /** Sends again what the server does not have. */
  resend(): void;
  /** The action has ended. */
  forget(id: string): void;
  hasUnsent(): boolean;
};

type Deps = { clock: Clock; serverTime: ServerTime; statements: Statements; log: Log };

export function createProgressReports({ clock, serverTime, statements, log }: Deps): ProgressReports {
  const unsent = new Map<string, Progress>();

  async function send(id: string): Promise<void> {
    const progress = unsent.get(id);
    const nowMs = serverTime.nowMs();
    // Without its instant the server would not wait for it: the next claim brings the server's time.
    if (!progress || (progress.dueSinceBootMs !== null && nowMs === null)) return;
    const { step, dueSinceBootMs, note } = progress;
    const until =
      dueSinceBootMs === null || nowMs === null
        ? null
        : Math.max(0, Math.round(nowMs + dueSinceBootMs - clock.sinceBootMs()));
    const outcome = await statements.progress(id, { step, until, note });
    if (outcome.kind !== "taken")
      log.info(`The server did not accept that action ${id} is ${step}: ${outcome.reason}`);
    const isSettled = outcome.kind === "taken" || outcome.kind === "refused";
    if (isSettled && unsent.get(id) === progress) unsent.delete(id);
  }

  return {
    async report(id, step, inMs, note) {
      const dueSinceBootMs = inMs === null ? null : clock.sinceBootMs() + inMs;
      unsent.set(id, { step, dueSinceBootMs, note: cleanLine(note, 200) ?? null });
      await send(id);
    },
    resend() {
      for (const id of unsent.keys()) void send(id);
    },
    forget: (id) => void unsent.delete(id),
    hasUnsent: () => unsent.size > 0,
  };
}
