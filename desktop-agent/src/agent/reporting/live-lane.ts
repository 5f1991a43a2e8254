import type { LiveMessage } from "./lane-event.ts";
import { createPendingLiveReport, type PendingLiveReportDeps } from "./pending-live-report.ts";
import type { LiveSections } from "./report-writer.ts";

export type LiveLane = {
  /** Sends the message, or keeps its sample in the spool. It replaces a message that still waits. */
  offer(message: LiveMessage): void;
  /** Sends one last message within `timeoutMs`, with one attempt, after aborting what is under way. */
  sendLast(sections: LiveSections, timeoutMs: number): Promise<void>;
  /** Aborts what is under way, and resolves when that has ended. */
  abort(): Promise<void>;
};

/** The lane of the present: one report at a time, the newest sample; what could not be sent goes to the spool. */
export function createLiveLane(deps: PendingLiveReportDeps): LiveLane {
  const { client, spool, clock, onEvent } = deps;
  const pending = createPendingLiveReport(deps);
  let waiting: LiveMessage | null = null;
  let running: Promise<void> | null = null;
  let aborting = new AbortController();

  function start(task: () => Promise<void>): Promise<void> {
    running = task().finally(() => {
      running = null;
      if (waiting) void start(sendWaiting);
    });
    return running;
  }

  async function sendWaiting(): Promise<void> {
    await pending.dropSpooled();
    while (pending.exists() || waiting) {
      if (!pending.exists() && !(await writeWaiting())) return;
      if (!(await pending.send({ signal: aborting.signal }))) return spoolWaiting();
    }
  }

  /** Makes the waiting message the pending report. False when it cannot be sent now and went to the spool instead. */
  async function writeWaiting(): Promise<boolean> {
    const message = waiting;
    if (!message) return false;
    if (!client.isOpen()) {
      await spoolWaiting();
      onEvent({ kind: "unreached", reason: null });
      return false;
    }
    waiting = null;
    await pending.write(message);
    return true;
  }

  async function spoolWaiting(): Promise<void> {
    const message = waiting;
    waiting = null;
    if (message?.sample) await spool.append(message.sample);
  }

  async function sendLastNow(sections: LiveSections, signal: AbortSignal): Promise<void> {
    await spoolWaiting();
    const once = { attempts: 1, signal };
    if (pending.exists() && !(await pending.send(once))) return;
    if (!client.isOpen()) return;
    await pending.write({ sample: null, sections });
    await pending.send(once);
  }

  async function abort(): Promise<void> {
    aborting.abort();
    while (running) await running;
    aborting = new AbortController();
  }

  return {
    offer(message) {
      if (waiting?.sample) void spool.append(waiting.sample);
      waiting = message;
      if (!running) void start(sendWaiting);
    },
    async sendLast(sections, timeoutMs) {
      const timeout = new AbortController();
      const cancel = clock.after(timeoutMs, () => timeout.abort());
      await abort();
      await start(() => sendLastNow(sections, timeout.signal));
      cancel();
    },
    abort,
  };
}
