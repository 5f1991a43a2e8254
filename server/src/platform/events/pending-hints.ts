import type { Hint, Topic } from "./event-bus.ts";

/** Topics whose hints are sent immediately. */
const URGENT_TOPICS: ReadonlySet<Topic> = new Set(["credential.changed", "action.queued"]);

type PendingOrganization = { topics: Map<Topic, Set<string>>; timer: NodeJS.Timeout | null };

export type PendingHints = {
  add(hint: Hint): void;
  close(): void;
};

/** Merges hints of the same organization and topic, and sends them at most once per `intervalMs`; urgent ones immediately. */
export function createPendingHints(options: {
  intervalMs: number;
  send: (hint: Hint) => void;
}): PendingHints {
  const { intervalMs, send } = options;
  const byOrganization = new Map<string, PendingOrganization>();

  function flush(orgId: string, waiting: PendingOrganization): void {
    waiting.timer = null;
    if (waiting.topics.size === 0) {
      byOrganization.delete(orgId);
      return;
    }
    for (const [topic, ids] of waiting.topics) send({ topic, orgId, ids: [...ids] });
    waiting.topics.clear();
    // Hints that are added until then are sent together.
    waiting.timer = setTimeout(() => flush(orgId, waiting), intervalMs);
  }

  return {
    add(hint) {
      if (URGENT_TOPICS.has(hint.topic)) {
        send(hint);
        return;
      }
      const { orgId, topic, ids } = hint;
      const waiting = byOrganization.get(orgId) ?? { topics: new Map(), timer: null };
      byOrganization.set(orgId, waiting);
      const known = waiting.topics.get(topic) ?? new Set();
      waiting.topics.set(topic, known);
      for (const id of ids) known.add(id);
      waiting.timer ??= setTimeout(() => flush(orgId, waiting), 0);
    },
    close() {
      for (const { timer } of byOrganization.values()) if (timer) clearTimeout(timer);
      byOrganization.clear();
    },
  };
}
