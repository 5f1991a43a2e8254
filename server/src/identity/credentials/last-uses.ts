import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { updateApiKeyLastUse } from "../keys/api-key.system-repository.ts";
import { updateSessionLastUse } from "../login/session.system-repository.ts";

const WRITE_INTERVAL_MS = 60_000;

/** Collects the last uses of sessions and keys and writes them once a minute, so that no request waits for it. */
export type LastUses = {
  recordSession(sessionId: string, orgId: string, at: number): void;
  recordApiKey(keyId: string, at: number): void;
  job: Job;
};

export function createLastUses(store: Store): LastUses {
  let sessions = new Map<string, { orgId: string; at: number }>();
  let apiKeys = new Map<string, number>();

  async function write(): Promise<void> {
    if (sessions.size === 0 && apiKeys.size === 0) return;
    const written = { sessions, apiKeys };
    sessions = new Map();
    apiKeys = new Map();
    await store.transaction(async (tx) => {
      // In the same order on every server, so that two never deadlock.
      for (const [sessionId, use] of sorted(written.sessions))
        await updateSessionLastUse(tx, { sessionId, ...use });
      for (const [keyId, at] of sorted(written.apiKeys)) await updateApiKeyLastUse(tx, keyId, at);
    });
  }

  return {
    recordSession: (sessionId, orgId, at) => void sessions.set(sessionId, { orgId, at }),
    recordApiKey: (keyId, at) => void apiKeys.set(keyId, at),
    job: { name: "identity-last-uses", everyMs: WRITE_INTERVAL_MS, isPerServer: true, run: write },
  };
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].toSorted(([left], [right]) => (left < right ? -1 : 1));
}
