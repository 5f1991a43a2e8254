/**
 * Why the simulations cannot run here in full length.
 * @returns {string | null} a sentence, or null when they can
 */
export function findObstacle() {
  return null;
}
