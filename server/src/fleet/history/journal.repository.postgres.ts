import type { Pool } from "pg";

const HOUR_MS = 3_600_000;
const IDS_PER_CALL = 1000;
const CHECK_VIOLATION = "23514";
const PARTITIONS_LOCK = 0x6d_6a_70;

/**
 * Appends the rows whose columns are the parallel arrays $1 to $6: id, device_no, at, received_at, previous, samples.
 * A source for a data-modifying CTE; alone it is a statement too.
 */
export const POSTGRES_JOURNAL_INSERT = `insert into journal (id, device_no, at, received_at, previous, samples)
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bytea[])`;

/** What ingest needs of the journal of a PostgreSQL database, whose partitions hold one hour of receiving each. */
export type PostgresJournal = {
  /** Ids for `count` new rows, ascending. Taken from the sequence in thousands, so mostly without a query. */
  takeIds(count: number): Promise<number[]>;
  /** Creates the partition of `receivedAt` if needed, then runs `write`; runs it again if the partition was dropped in between. */
  withPartition<Result>(receivedAt: number, write: () => Promise<Result>): Promise<Result>;
  /** Creates the partition of an hour, unless this process knows that it exists. */
  ensurePartition(receivedAt: number): Promise<void>;
};

export function createPostgresJournal(pool: Pool): PostgresJournal {
  const free: number[] = [];
  const known = new Set<number>();

  async function ensurePartition(receivedAt: number): Promise<void> {
    const hour = Math.floor(receivedAt / HOUR_MS);
    if (known.has(hour)) return;
    await createPartition(pool, hour);
    known.add(hour);
  }

  return {
    async takeIds(count) {
      while (free.length < count) {
        const { rows } = await pool.query<{ last: number }>("select nextval('journal_ids') as last");
        const last = Number(rows[0]?.last);
        for (let id = last - IDS_PER_CALL + 1; id <= last; id += 1) free.push(id);
      }
      return free.splice(0, count);
    },

    ensurePartition,

    async withPartition(receivedAt, write) {
      await ensurePartition(receivedAt);
      try {
        return await write();
      } catch (error) {
        if (!isMissingPartition(error)) throw error;
        known.delete(Math.floor(receivedAt / HOUR_MS));
        await ensurePartition(receivedAt);
        return write();
      }
    },
  };
}

/** Name of the partition for rows received in `hour`, counted from the epoch. */
export function partitionName(hour: number): string {
  return `journal_${hour}`;
}

/** Attaching takes a weaker lock on the journal than creating in place, so a long read such as a dump does not block ingest. */
async function createPartition(pool: Pool, hour: number): Promise<void> {
  const name = partitionName(hour);
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [PARTITIONS_LOCK]);
    const { rows } = await client.query<{ found: string | null }>("select to_regclass($1) as found", [name]);
    if (rows[0]?.found === null) {
      await client.query(`create table ${name} (like journal including all)`);
      await client.query(
        `alter table journal attach partition ${name} for values from (${hour * HOUR_MS}) to (${(hour + 1) * HOUR_MS})`,
      );
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

function isMissingPartition(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === CHECK_VIOLATION;
}
