import { createLog } from "../../desktop-agent/src/agent/log.ts";
import { createObservations } from "../../desktop-agent/src/agent/collecting/observations.ts";
import { createLazyLocalUsers } from "../../desktop-agent/src/agent/local-users/lazy-local-users.ts";
import type {
  LazyLocalUsers,
  LocalUsersDeps,
} from "../../desktop-agent/src/agent/local-users/local-users.ts";
import { createStateFiles } from "../../desktop-agent/src/agent/state/state-files.ts";
import type { FakePlatform } from "../../desktop-agent/src/platform/fake/fake-platform.ts";
import { HOME } from "./fake-agent.ts";

/** The local users of a fake machine without an agent: for what concerns them alone. */
export function makeLocalUsers(platform: FakePlatform, change: Partial<LocalUsersDeps> = {}): LazyLocalUsers {
  const { clock } = platform;
  const status = {
    pid: 100,
    version: "0.1.0",
    startedAtMs: clock.wallMs(),
    writtenAtMs: clock.wallMs(),
    state: { kind: "not-enrolled", reason: null },
  } as const;
  const files = createStateFiles({ files: platform.files, home: HOME, warn: () => undefined });
  return createLazyLocalUsers({
    platform,
    files,
    home: HOME,
    log: createLog({ level: "error", wallMs: clock.wallMs, write: () => undefined }),
    logPath: `${HOME.logs}/agent.log`,
    agent: { version: "0.1.0", runtime: "Node 24", variant: "headless" },
    startedAtMs: clock.wallMs(),
    bootId: () => platform.machine.bootId,
    status: () => status,
    observations: createObservations(clock),
    policy: () => null,
    records: () => null,
    support: () => null,
    reportRead: () => undefined,
    sampleNow: async () => false,
    pause: async () => ({ kind: "done" }),
    resume: async () => ({ kind: "done" }),
    at: () => undefined,
    ...change,
  });
}
