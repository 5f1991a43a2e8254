import type { Duplex } from "node:stream";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { LocalAgent } from "../local-agent.ts";
import { writeView } from "./answers.ts";

/** Changes of the view within this time are sent as one. */
const GATHER_MS = 100;

export type ViewUpdates = {
  /** Sends each change from now on; a second call does nothing. */
  start(): void;
  /** The peer has read what was written: sends the newest view when it differs from the last one. */
  flush(): void;
  stop(): void;
};

/** Sends a peer each new view. A peer that does not read misses views in between, but not the last one. */
export function createViewUpdates(
  stream: Duplex,
  { clock, agent, write }: { clock: Clock; agent: LocalAgent; write: (line: string) => void },
): ViewUpdates {
  let sent: string | null = null;
  let unsubscribe: Cancel | null = null;
  let cancelTell: Cancel | null = null;

  function tell(): void {
    cancelTell = null;
    if (sent === null || stream.writableNeedDrain) return;
    const view = writeView(agent.view());
    if (view === sent) return;
    sent = view;
    write(view);
  }
  return {
    start() {
      sent = writeView(agent.view());
      unsubscribe ??= agent.subscribe(() => {
        cancelTell ??= clock.after(GATHER_MS, tell);
      });
    },
    flush: tell,
    stop() {
      unsubscribe?.();
      cancelTell?.();
    },
  };
}
