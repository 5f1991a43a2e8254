import type { ActionHost, Job } from "../../desktop-agent/src/agent/actions/action-handler.ts";
import {
  createFakePlatform,
  type FakePlatform,
} from "../../desktop-agent/src/platform/fake/fake-platform.ts";

import { makeLocalUsers } from "./test-local-users.ts";

export const LOG_PATH = "/var/lib/muster-agent/logs/agent.log";

export type TestJob = {
  job: Job;
  host: ActionHost;
  platform: FakePlatform;
  /** The reported progress: the step, when it happens in milliseconds, and the note where there was one. */
  progress: unknown[][];
  cancel(): void;
  stop(): void;
};

/** A job on a fake machine, for one handler alone. */
export function makeJob(change: Partial<ActionHost> & { bootIdAtStart?: string } = {}): TestJob {
  const { bootIdAtStart, ...changedHost } = change;
  const platform = createFakePlatform();
  const { clock, files, reboots, machine } = platform;
  const localUsers = makeLocalUsers(platform);
  const progress: unknown[][] = [];
  const cancelAsked = new AbortController();
  const stopping = new AbortController();
  return {
    platform,
    progress,
    cancel: () => cancelAsked.abort(),
    stop: () => stopping.abort(),
    job: {
      id: "01890a5d-ac96-774b-bcce-000000000009",
      askedBy: "Ada Lovelace",
      bootId: machine.bootId,
      started: { bootId: bootIdAtStart ?? machine.bootId, sinceBootMs: clock.sinceBootMs() },
      cancelRequested: cancelAsked.signal,
      stopping: stopping.signal,
      reportProgress: (...step) => void progress.push(step),
    },
    host: {
      clock,
      files,
      localUsers,
      reboots,
      logPath: LOG_PATH,
      agentVersion: "0.1.0",
      restartAgent: null,
      refreshInventory: async () => ({ kind: "value", hash: "0123456789abcdef" }),
      countdowns: new Set(),
      ...changedHost,
    },
  };
}
