/** The keys of a table that is written out as a constant, with their exact types, ready for `z.enum`. */
export function keysOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  // oxlint-disable-next-line no-unsafe-type-assertion -- a constant table has exactly the keys of its type, and at least one
  return Object.keys(table) as [Name, ...Name[]];
}
