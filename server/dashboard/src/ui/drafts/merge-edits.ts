export type MergedEdits<Values> = {
  /** What was changed on either side; where both changed it differently, yours. */
  values: Values;
  /** The fields that both changed differently. */
  conflicts: (keyof Values & string)[];
};

/** Puts together two edits that were made of the same values. */
export function mergeEdits<Values extends object>(
  base: Values,
  yours: Values,
  theirs: Values,
): MergedEdits<Values> {
  const values = { ...theirs };
  const conflicts: (keyof Values & string)[] = [];
  for (const name in yours) {
    if (isSame(yours[name], base[name])) continue;
    values[name] = yours[name];
    if (!isSame(theirs[name], base[name]) && !isSame(theirs[name], yours[name])) conflicts.push(name);
  }
  return { values, conflicts };
}

/** Whether two values of a form are the same; both have their fields in the same order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * The draft as values of a form; null when it was made by another version of the form. Safe because each field has the type that the
 * form gives it, and what is not valid inside of one is refused by the server as any input.
 */
export function draftAs<Values extends object>(draft: unknown, form: Values): Values | null {
  if (typeof draft !== "object" || draft === null) return null;
  const given: Record<string, unknown> = { ...draft };
  const fields = new Map<string, unknown>(Object.entries(form));
  if (Object.keys(given).length !== fields.size) return null;
  if (![...fields.keys()].every((name) => name in given && hasType(given[name], fields.get(name))))
    return null;
  // oxlint-disable-next-line no-unsafe-type-assertion -- the fields and their types were compared above
  return given as Values;
}

/** Null is a value of fields whose other values are numbers or objects. */
function hasType(value: unknown, like: unknown): boolean {
  const isScalar = typeof like === "string" || typeof like === "boolean";
  if (value === null || like === null) return !isScalar && typeof value !== "string";
  return typeof value === typeof like && Array.isArray(value) === Array.isArray(like);
}
