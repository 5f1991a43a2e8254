/** Keeps the bound values of one statement below SQLite's limit, and a read short. */
export const VALUES_PER_STATEMENT = 200;

/** Reads rows for any number of values, with one statement for each slice of them. */
export async function inSlices<Row>(
  values: readonly string[],
  read: (slice: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let start = 0; start < values.length; start += VALUES_PER_STATEMENT) {
    found.push(...(await read(values.slice(start, start + VALUES_PER_STATEMENT))));
  }
  return found;
}
