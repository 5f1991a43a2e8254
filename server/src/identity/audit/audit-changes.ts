/** Longer texts are cut, because the audit log is never deleted. */
const MAX_TEXT_LENGTH = 200;

/** The fields of `change` whose value differs from `before`, each with both values. */
export function changesOf(
  before: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Record<string, { from: unknown; to: unknown }> {
  return Object.fromEntries(
    Object.entries(change)
      .filter(([name, to]) => to !== undefined && JSON.stringify(before[name] ?? null) !== JSON.stringify(to))
      .map(([name, to]) => [name, { from: cut(before[name] ?? null), to: cut(to) }]),
  );
}

function cut(value: unknown): unknown {
  if (typeof value !== "string" || value.length <= MAX_TEXT_LENGTH) return value;
  return `${value.slice(0, MAX_TEXT_LENGTH).toWellFormed()}…`;
}
