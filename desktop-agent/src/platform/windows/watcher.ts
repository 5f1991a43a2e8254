import type { Clock } from "../ports.ts";
import type { FollowCommand } from "../run-command.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";
import {
  parseWatcherLine,
  powerNotice,
  type WatcherMetrics,
  watcherScript,
  type WindowsPowerNotice,
} from "./watcher-line.ts";

const RESTART_MS = 60_000;
const MAX_AGE_MS = 60_000;

/** The long-running PowerShell: power events, and values that are at most a minute old. */
export type Watcher = {
  /** Starts the watcher when it is not running. Undefined until its first output, and when the last one is too old. */
  metrics(): WatcherMetrics | undefined;
  onPower(listener: (notice: WindowsPowerNotice) => void, note: (message: string) => void): () => void;
};

export function createWatcher(follow: FollowCommand, clock: Clock, agentPid: number): Watcher {
  const listeners = new Set<(notice: WindowsPowerNotice) => void>();
  let latest: { metrics: WatcherMetrics; atMs: number } | undefined;
  let running: { stop: () => void } | undefined;
  let retryAtMs = 0;
  let note: (message: string) => void = () => undefined;

  const onLine = (text: string) => {
    const line = parseWatcherLine(text);
    if (line === undefined) return;
    if (line.kind === "figures") latest = { metrics: line, atMs: clock.monotonicMs() };
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
    metrics() {
      start();
      const isFresh = latest !== undefined && clock.monotonicMs() - latest.atMs < MAX_AGE_MS;
      return isFresh ? latest?.metrics : undefined;
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
