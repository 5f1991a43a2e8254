import { setImmediate } from "node:timers/promises";
import type { SqliteEngine } from "../../platform/database/store.ts";

// What the journal of an hour leaves behind is used again by the next: only more than that is given back.
const PAGES_TO_KEEP = 25_000;
const SHARE_TO_KEEP = 0.2;
const PAGES_PER_SLICE = 50;

/** Gives pages that hold nothing any more back to the file system, in short turns of the writer. */
export async function returnFreePages(
  { writer, runExclusive }: SqliteEngine,
  signal: AbortSignal,
): Promise<void> {
  const count = (pragma: string) => Number(writer.pragma(pragma, { simple: true }));
  const kept = Math.max(PAGES_TO_KEEP, count("page_count") * SHARE_TO_KEEP);
  while (!signal.aborted && count("freelist_count") > kept) {
    await runExclusive(() => writer.pragma(`incremental_vacuum(${PAGES_PER_SLICE})`));
    await setImmediate();
  }
}
