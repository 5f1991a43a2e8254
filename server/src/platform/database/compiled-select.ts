import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** Runs a prebuilt query with new values. */
export type CompiledSelect<Values, Row> = (db: Kysely<Tables>, values: Values) => Promise<Row[]>;

type Prepared<Row> = { query: CompiledQuery<Row>; names: readonly (string | null)[] };

/**
 * Builds a query once for each database and caches its text, for the few queries that run so often that building costs more than
 * running. `build` gets a placeholder for each of `names` and must pass each on to the query unchanged.
 */
export function compileSelect<Values extends Record<string, unknown>, Row>(
  names: readonly (keyof Values & string)[],
  build: (db: Kysely<Tables>, values: Values) => Compilable<Row>,
): CompiledSelect<Values, Row> {
  const prepared = new WeakMap<Kysely<Tables>, Prepared<Row>>();
  const placeholders = new Map<unknown, string>(names.map((name) => [Symbol(name), name]));
  const byName = Object.fromEntries([...placeholders].map(([standIn, name]) => [name, standIn]));

  function prepare(db: Kysely<Tables>): Prepared<Row> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a query passes its values on and never looks at them
    const query = build(db, byName as Values).compile();
    return { query, names: query.parameters.map((parameter) => placeholders.get(parameter) ?? null) };
  }

  return async (db, values) => {
    let entry = prepared.get(db);
    if (!entry) {
      entry = prepare(db);
      prepared.set(db, entry);
    }
    const { query } = entry;
    const parameters = entry.names.map((name, index) =>
      name === null ? query.parameters[index] : values[name],
    );
    const { rows } = await db.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}
