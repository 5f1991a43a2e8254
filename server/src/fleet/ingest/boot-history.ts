/**
 * The boot id of a device, the wall time at which it first came, and the boots before it, newest first, each as "id:time" with the time
 * at which it was left.
 */
export type BootHistory = { bootId: string | null; previousBoots: string | null; changedAt: number | null };

const RETURN_WINDOW_MS = 24 * 3_600_000;
/** So many machines under one credential are told apart, even when they report strictly in turn. */
const MAX_PREVIOUS_BOOTS = 8;

/**
 * Takes in the boot id of a live report. A machine never returns to a boot it left, so a boot id that comes back within a day
 * means that several machines use one credential.
 */
export function recordBoot(
  trail: BootHistory,
  bootId: string,
  now: number,
): { trail: BootHistory; isCloneSuspected: boolean } {
  const { bootId: left, previousBoots } = trail;
  if (left === bootId) return { trail, isCloneSuspected: false };
  if (left === null) return { trail: { ...trail, bootId }, isCloneSuspected: false };
  const previous = [`${left}:${now}`, ...(previousBoots?.split(" ") ?? [])];
  return {
    trail: { bootId, previousBoots: previous.slice(0, MAX_PREVIOUS_BOOTS).join(" "), changedAt: now },
    isCloneSuspected: previous.some((boot) => isReturn(boot, bootId, now)),
  };
}

function isReturn(previous: string, bootId: string, now: number): boolean {
  const [id, leftAt] = previous.split(":");
  return id === bootId && now - Number(leftAt) < RETURN_WINDOW_MS;
}
