import type { Duplex } from "node:stream";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { LocalAgent } from "../local-agent.ts";
import { writeView } from "./answers.ts";

/** Changes of the view within this time are told as one. */
const GATHER_MS = 100;

export type ViewUpdates = {
  /** Tells each change from now on; begun again it changes nothing. */
  start(): void;
  /** The peer has read what was written: it is told the newest view when that differs from its last. */
  flush(): void;
  stop(): void;
};

/** Tells a peer how the view changes. One that does not read misses the views between, and not the last. */
export function createViewUpdates(
  stream: Duplex,
  { clock, agent, write }: { clock: Clock; agent: LocalAgent; write: (line: string) => void },
): ViewUpdates {
  let told: string | null = null;
  let unsubscribe: Cancel | null = null;
  let cancelTell: Cancel | null = null;

  function tell(): void {
    cancelTell = null;
    if (told === null || stream.writableNeedDrain) return;
    const view = writeView(agent.view());
    if (view === told) return;
    told = view;
    write(view);
  }
  return {
    start() {
      told = writeView(agent.view());
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
