import type { Kysely } from "kysely";
import type { Dialect } from "./store.ts";

/** One numbered step of the schema. Append-only: a migration that was released is never edited. */
export type Migration = {
  /** As the file is named: `0010-devices`. Applied in the order of names. */
  name: string;
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>;
};
