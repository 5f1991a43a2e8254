import type { Clock } from "../ports.ts";
import type { FollowCommand } from "../run-command.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";
import {
  parseWatcherLine,
  powerNotice,
  type WatcherFigures,
  watcherScript,
  type WindowsPowerNotice,
} from "./watcher-line.ts";

const RESTART_MS = 60_000;
const FRESH_MS = 60_000;

/** The one PowerShell that stays: power events, and figures of at most a minute ago. */
export type Watcher = {
  /** Starts it when it does not run yet. Undefined until it has spoken, and when it went silent. */
  figures(): WatcherFigures | undefined;
  onPower(listener: (notice: WindowsPowerNotice) => void, note: (message: string) => void): () => void;
};

export function createWatcher(follow: FollowCommand, clock: Clock, agentPid: number): Watcher {
  const listeners = new Set<(notice: WindowsPowerNotice) => void>();
  let latest: { figures: WatcherFigures; atMs: number } | undefined;
  let running: { stop: () => void } | undefined;
  let retryAtMs = 0;
  let note: (message: string) => void = () => undefined;

  const onLine = (text: string) => {
    const line = parseWatcherLine(text);
    if (line === undefined) return;
    if (line.kind === "figures") latest = { figures: line, atMs: clock.monotonicMs() };
    const notice = powerNotice(line);
    if (notice !== undefined) for (const listener of listeners) listener(notice);
  };
  const onEnd = (reason: string) => {
    running = undefined;
    retryAtMs = clock.monotonicMs() + RESTART_MS;
    note(`no power notices and no disk rates: ${reason}`);
  };
  const start = () => {
    if (running !== undefined || clock.monotonicMs() < retryAtMs) return;
    running = follow(POWERSHELL, powershellArguments(watcherScript(agentPid)), { onLine, onEnd });
  };

  return {
    figures() {
      start();
      const isFresh = latest !== undefined && clock.monotonicMs() - latest.atMs < FRESH_MS;
      return isFresh ? latest?.figures : undefined;
    },
    onPower(listener, noteTo) {
      listeners.add(listener);
      note = noteTo;
      start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        running?.stop();
        running = undefined;
      };
    },
  };
}
