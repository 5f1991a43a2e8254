import { type QueryCompiler, SqliteAdapter, SqliteDialect, SqliteQueryCompiler } from "kysely";

/** SQLite takes DDL in transactions; Kysely's adapter only says so when told. A failed migration then leaves nothing behind. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * better-sqlite3's SQLite has STAT4, with which a join whose columns are compared to bare parameters is planned anew each time
 * one is bound: 10 to 50 us. An expression, even one that does nothing, is planned once.
 */
class PlanOnceQueryCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return "+?";
  }
}

/** Kysely's dialect with what SQLite needs beyond it. */
export class TunedSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }

  override createQueryCompiler(): QueryCompiler {
    return new PlanOnceQueryCompiler();
  }
}
