import type { StreamMessage } from "./stream-messages.ts";

/** Longer than a page needs from its first read until it asks for the stream, also on a slow line. */
const KEPT_MS = 15_000;

const KEPT_KINDS: ReadonlySet<StreamMessage["kind"]> = new Set(["devices", "actions", "alarms", "resync"]);

export type RecentMessages = {
  /** A stream begins: what was before is not known. */
  begin(): void;
  add(message: StreamMessage): void;
  /** What a page needs that has read since `readSince`: the changes after it, or a resync where some are not kept. */
  since(readSince: number): readonly StreamMessage[];
};

/** The latest changes, for a page that joins a stream which is open already. `now` is epoch milliseconds. */
export function createRecentMessages(now: () => number): RecentMessages {
  let kept: { at: number; message: StreamMessage }[] = [];
  let completeSince = now();

  return {
    begin() {
      kept = [];
      completeSince = now();
    },
    add(message) {
      if (!KEPT_KINDS.has(message.kind)) return;
      const at = now();
      kept.push({ at, message });
      const isOld = ({ at: receivedAt }: { at: number }) => receivedAt < at - KEPT_MS;
      completeSince = Math.max(completeSince, ...kept.filter(isOld).map((old) => old.at + 1));
      kept = kept.filter((one) => !isOld(one));
    },
    since(readSince) {
      if (readSince < completeSince) return [{ kind: "resync" }];
      return kept.filter(({ at }) => at >= readSince).map(({ message }) => message);
    },
  };
}
