type Parameters = Readonly<Record<string, readonly unknown[]>>;
type Combination<P extends Parameters> = { [Name in keyof P]: P[Name][number] };
type Pair = readonly [nameA: string, valueA: unknown, nameB: string, valueB: unknown];

/** Combinations in which each two values of different parameters occur together at least once: far fewer than all combinations. */
export function pairwise<const P extends Parameters>(parameters: P): Combination<P>[] {
  const names = Object.keys(parameters);
  const chosen: Record<string, unknown>[] = [];
  let missing = pairsOf(parameters);
  while (missing[0] !== undefined) {
    const [nameA, valueA, nameB, valueB] = missing[0];
    const row: Record<string, unknown> = { [nameA]: valueA, [nameB]: valueB };
    for (const name of names) {
      if (name in row) continue;
      row[name] = mostUseful(name, parameters[name] ?? [], row, missing);
    }
    missing = missing.filter((pair) => !covers(row, pair));
    chosen.push(row);
  }
  return chosen as Combination<P>[];
}

/** Every combination. */
export function allCombinations<const P extends Parameters>(parameters: P): Combination<P>[] {
  let rows: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(parameters)) {
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  }
  return rows as Combination<P>[];
}

function pairsOf(parameters: Parameters): Pair[] {
  const entries = Object.entries(parameters);
  return entries.flatMap(([nameA, valuesA], index) =>
    entries
      .slice(index + 1)
      .flatMap(([nameB, valuesB]) =>
        valuesA.flatMap((valueA) => valuesB.map((valueB): Pair => [nameA, valueA, nameB, valueB])),
      ),
  );
}

/** The value that brings most missing pairs into the row. */
function mostUseful(
  name: string,
  values: readonly unknown[],
  row: Readonly<Record<string, unknown>>,
  missing: readonly Pair[],
): unknown {
  const gains = values.map(
    (value) => missing.filter((pair) => covers({ ...row, [name]: value }, pair)).length,
  );
  return values[gains.indexOf(Math.max(...gains))];
}

function covers(row: Readonly<Record<string, unknown>>, [nameA, valueA, nameB, valueB]: Pair): boolean {
  return row[nameA] === valueA && row[nameB] === valueB;
}
