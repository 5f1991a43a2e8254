/** The keys of a table that is written out as a constant, with their exact types, ready for `z.enum`. */
export function keysOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  // oxlint-disable-next-line no-unsafe-type-assertion -- a constant table has exactly the keys of its type, and at least one
  return Object.keys(table) as [Name, ...Name[]];
}

/** A table with the same keys and, for each entry, what `map` makes of it. */
export function mapTable<Name extends string, Entry, Mapped>(
  table: Readonly<Record<Name, Entry>>,
  map: (entry: Entry) => Mapped,
): Record<Name, Mapped> {
  const entries = keysOf(table).map((name) => [name, map(table[name])] as const);
  // oxlint-disable-next-line no-unsafe-type-assertion -- the entries have exactly the keys of the table
  return Object.fromEntries(entries) as Record<Name, Mapped>;
}
