import type { Kysely } from "kysely";
import type { Dialect } from "./store.ts";

/** One numbered step of the schema. A released migration is never edited. */
export type Migration = {
  /** Name of the file: `0010-devices`. Migrations are applied in the order of their names. */
  name: string;
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>;
};
