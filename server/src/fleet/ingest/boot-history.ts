/**
 * The boot id of a device, the wall time at which it first came, and the boots before it, newest first, each as "id:time" with the time
 * at which it was left.
 */
export type BootHistory = { bootId: string | null; previousBoots: string | null; changedAt: number | null };

const RETURN_WINDOW_MS = 24 * 3_600_000;
/** Number of machines with one credential that are detected even if they report strictly in turn. */
const MAX_PREVIOUS_BOOTS = 8;

/**
 * Records the boot id of a live report. A machine never returns to a boot it left, so a boot id that comes back within a day
 * means that several machines use one credential.
 */
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
    isCloneSuspected: previous.some((boot) => isReturn(boot, bootId, now)),
  };
}

function isReturn(previous: string, bootId: string, now: number): boolean {
  const [id, leftAt] = previous.split(":");
  return id === bootId && now - Number(leftAt) < RETURN_WINDOW_MS;
}
