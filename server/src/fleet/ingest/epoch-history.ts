/** The epochs of a device as text, newest first, each as "epoch:time" with the wall time at which it began. Null before the first. */
export type EpochHistory = string | null;

/** Epochs besides the present one that are remembered. None of them is entered again. */
const MAX_REMEMBERED_EPOCHS = 16;
const HOUR_MS = 3_600_000;
/** Changes of the epoch within an hour that one machine may cause; more mean that several machines use one credential. */
const MAX_CHANGES_PER_HOUR = 3;

type Entry = { epoch: string; beganAt: number };

/** Whether the device used this epoch before, the present one included. */
export function isKnownEpoch(history: EpochHistory, epoch: string): boolean {
  return history !== null && entriesOf(history).some((entry) => entry.epoch === epoch);
}

/** The epoch that the device entered last; null before the first. */
export function presentEpoch(history: EpochHistory): string | null {
  return history === null ? null : (entriesOf(history)[0]?.epoch ?? null);
}

/** Records that the device enters an epoch, which must not be known. */
export function enterEpoch(
  history: EpochHistory,
  epoch: string,
  now: number,
): { history: string; isCloneSuspected: boolean } {
  const before = history === null ? [] : entriesOf(history);
  const entries = [{ epoch, beganAt: now }, ...before].slice(0, MAX_REMEMBERED_EPOCHS + 1);
  // The oldest entry is where the numbering began, or where memory ends: no change that can be dated.
  const changes = entries.slice(0, -1).filter(({ beganAt }) => now - beganAt < HOUR_MS);
  return { history: entries.map(textOf).join(" "), isCloneSuspected: changes.length > MAX_CHANGES_PER_HOUR };
}

/** The same epochs as if they had begun long ago: after a user decided that the device is no clone, they cause no suspicion. */
export function forgetEpochTimes(history: EpochHistory): EpochHistory {
  if (history === null) return null;
  return entriesOf(history)
    .map(({ epoch }) => textOf({ epoch, beganAt: 0 }))
    .join(" ");
}

function entriesOf(history: string): Entry[] {
  return history.split(" ").map((entry) => {
    const [epoch = "", beganAt] = entry.split(":");
    return { epoch, beganAt: Number(beganAt) };
  });
}

function textOf({ epoch, beganAt }: Entry): string {
  return `${epoch}:${beganAt}`;
}
