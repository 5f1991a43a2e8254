/**
 * True when parsed JSON is nested deeper than `levels`. JSON.parse reads it, but JSON.stringify may fail on it. Works without
 * recursion.
 */
export function isNestedDeeperThan(value: unknown, levels: number): boolean {
  let open: unknown[] = [value];
  for (let level = 0; open.length > 0; level += 1) {
    if (level > levels) return true;
    open = open.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}
