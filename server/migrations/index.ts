import type { Migration } from "../src/platform/database/migration.ts";

/** Every step of the schema in order. A new one is appended; none is edited or removed once released. */
export const migrations: readonly Migration[] = [];
