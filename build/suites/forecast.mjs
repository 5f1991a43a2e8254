/**
 * Why forecasts cannot be measured here.
 * @returns {string | null} a sentence, or null when they can
 */
export function findObstacle() {
  return null;
}
