/**
 * The boot id of a device, the wall time at which it first came, and the boots before it, newest first, each as "id:time" with the time
 * at which it was left.
 */
export type BootHistory = { bootId: string | null; previousBoots: string | null; changedAt: number | null };

const RETURN_WINDOW_MS = 24 * 3_600_000;
/** Number of machines with one credential that are detected even if they report strictly in turn. */
const MAX_PREVIOUS_BOOTS = 8;

/** A machine that is put back to a snapshot of its running state returns to a boot it left. Several machines alternate. */
const MIN_RETURNS_OF_CLONES = 2;

/** Records the boot id of a live report. Two returns to boots that were left within a day mean that several machines use one credential. */
export function recordBoot(
  history: BootHistory,
  bootId: string,
  now: number,
): { history: BootHistory; isCloneSuspected: boolean } {
  const { bootId: left, previousBoots } = history;
  if (left === bootId) return { history, isCloneSuspected: false };
  if (left === null) return { history: { ...history, bootId }, isCloneSuspected: false };
  const previous = [`${left}:${now}`, ...(previousBoots?.split(" ") ?? [])];
  return {
    history: { bootId, previousBoots: previous.slice(0, MAX_PREVIOUS_BOOTS).join(" "), changedAt: now },
    isCloneSuspected: isAlternating(bootId, previous.map(readBoot), now),
  };
}

type LeftBoot = { id: string | undefined; leftAt: number };

function readBoot(text: string): LeftBoot {
  const [id, leftAt] = text.split(":");
  return { id, leftAt: Number(leftAt) };
}

/** `previous` is newest first: each boot began when the one after it in the list was left. */
function isAlternating(bootId: string, previous: readonly LeftBoot[], now: number): boolean {
  const begun = [{ id: bootId, leftAt: now }, ...previous].map(({ id }, index) => ({
    id,
    at: index === 0 ? now : (previous[index]?.leftAt ?? null),
    earlier: previous.slice(index),
  }));
  const returns = begun.filter(
    ({ id, at, earlier }) =>
      at !== null &&
      now - at < RETURN_WINDOW_MS &&
      earlier.some((left) => left.id === id && at - left.leftAt < RETURN_WINDOW_MS),
  );
  return returns[0] === begun[0] && returns.length >= MIN_RETURNS_OF_CLONES;
}
