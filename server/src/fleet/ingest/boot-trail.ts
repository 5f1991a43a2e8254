/** The two newest boot ids of a device, and the wall time at which the newer one first came. */
export type BootTrail = { bootId: string | null; previousBootId: string | null; changedAt: number | null };

const ALTERNATING_WITHIN_MS = 24 * 3_600_000;

/**
 * Takes in the boot id of a live report. A machine never returns to a boot it left, so a boot id that comes back within a day
 * means that two machines use one credential.
 */
export function followBoot(
  trail: BootTrail,
  bootId: string,
  now: number,
): { trail: BootTrail; isCloneSuspected: boolean } {
  if (trail.bootId === bootId) return { trail, isCloneSuspected: false };
  const isBack = bootId === trail.previousBootId;
  const isRecent = trail.changedAt !== null && now - trail.changedAt < ALTERNATING_WITHIN_MS;
  return {
    trail: { bootId, previousBootId: trail.bootId, changedAt: trail.bootId === null ? null : now },
    isCloneSuspected: isBack && isRecent,
  };
}
