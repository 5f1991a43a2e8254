import type { RecordedAction } from "@muster/shared/contracts/local-agent.ts";

const MOST_ACTIONS = 1000;
/** With the rest of 1000 actions that were cut, below what one answer of the local protocol may have. */
const MOST_WHOLE_BYTES = 3_000_000;
const CUT_LENGTH = 100;

/**
 * The newest actions, each of which stays in the record: beyond what one answer may have only their words are cut, so that nobody
 * hides what was done behind long texts.
 */
export function fitRecord(newestFirst: readonly RecordedAction[]): RecordedAction[] {
  let leftBytes = MOST_WHOLE_BYTES;
  return newestFirst.slice(0, MOST_ACTIONS).map((action) => {
    leftBytes -= Buffer.byteLength(JSON.stringify(action));
    return leftBytes >= 0 ? action : cut(action);
  });
}

function cut(action: RecordedAction): RecordedAction {
  const { why, here } = action;
  return {
    ...action,
    why: why === null || why.length <= CUT_LENGTH ? why : `${why.slice(0, CUT_LENGTH - 1)}…`.toWellFormed(),
    here: here && { ...here, message: here.message?.slice(0, CUT_LENGTH).toWellFormed() ?? null },
  };
}
