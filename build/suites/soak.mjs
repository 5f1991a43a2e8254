/**
 * Why the long tests of kills and held connections cannot run here.
 * @returns {string | null} a sentence, or null when they can
 */
export function findObstacle() {
  return null;
}
