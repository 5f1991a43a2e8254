/** The keys of a table that is written out as a constant, with their exact types, ready for `z.enum`. */
export function keysOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  // oxlint-disable-next-line no-unsafe-type-assertion -- a constant table has exactly the keys of its type, and at least one
  return Object.keys(table) as [Name, ...Name[]];
}

/** A table with the same keys and, for each entry, what `map` makes of it. Its type keeps the comments of the table's entries. */
export function mapTable<Table extends Readonly<Record<string, unknown>>, Mapped>(
  table: Table,
  map: (entry: Table[keyof Table]) => Mapped,
): { [Name in keyof Table]: Mapped } {
  const entries = Object.entries(table).map(([name, entry]) => {
    // oxlint-disable-next-line no-unsafe-type-assertion -- an entry of the table has one of the types of its entries
    return [name, map(entry as Table[keyof Table])] as const;
  });
  // oxlint-disable-next-line no-unsafe-type-assertion -- the entries have exactly the keys of the table
  return Object.fromEntries(entries) as { [Name in keyof Table]: Mapped };
}
