import type { Pool, PoolClient } from "pg";
import type { FreezingRepository } from "./freezing.system-repository.ts";
import type { FrozenRange } from "./frozen-range.ts";
import { HOUR_MS } from "./period.ts";
import { partitionName } from "./journal.repository.postgres.ts";

const LOCK_TIMEOUT = "200ms";
const LOCK_NOT_AVAILABLE = "55P03";

type Packing = { frozen_after: number | null; frozen_through: number | null; next_device_no: number };

/**
 * On PostgreSQL a range is the partition of one hour. A server whose clock is behind may still add to it, so it is dropped only
 * when it has exactly the rows that were packed, and is packed again otherwise: a sample that is packed twice is stored once.
 */
export function createPostgresFreezing(pool: Pool): FreezingRepository {
  return {
    freeze: (boundary) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<Packing>(
          "select frozen_after, frozen_through, next_device_no from history_packing for update",
        );
        const [state] = rows;
        if (state && state.frozen_after !== null && state.frozen_through !== null) {
          return rangeOf(state.frozen_after, state.frozen_through, state.next_device_no);
        }
        const hour = await oldestHour(client);
        if (hour === null || (hour + 1) * HOUR_MS > boundary) return null;
        const after = hour * HOUR_MS - 1;
        const through = after + HOUR_MS;
        await client.query(
          "update history_packing set frozen_after = $1, frozen_through = $2, next_device_no = 0, packed_rows = 0",
          [after, through],
        );
        return rangeOf(after, through, 0);
      }),

    async release({ through }) {
      try {
        await inTransaction(pool, (client) => drop(client, through));
      } catch (error) {
        // A long read such as a dump uses the partition; the next run tries again.
        if (!(error instanceof Error && "code" in error && error.code === LOCK_NOT_AVAILABLE)) throw error;
      }
    },
  };
}

async function drop(client: PoolClient, through: number): Promise<void> {
  const partition = partitionName(Math.floor(through / HOUR_MS));
  await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
  await client.query(`lock table ${partition} in share mode`);
  const { rows } = await client.query<{ is_whole: boolean }>(
    `select (select count(*) from ${partition}) = packed_rows as is_whole
     from history_packing where frozen_through = $1 for update`,
    [through],
  );
  if (rows[0]?.is_whole === true) {
    await client.query(`drop table ${partition}`);
    await client.query(`update history_packing set packed_through = greatest(packed_through, frozen_through),
      frozen_after = null, frozen_through = null, next_device_no = 0`);
  } else {
    await client.query("update history_packing set next_device_no = 0, packed_rows = 0");
  }
}

async function oldestHour(client: PoolClient): Promise<number | null> {
  const { rows } = await client.query<{ hour: number | null }>(
    `select min(substring(inhrelid::regclass::text from '[0-9]+$')::bigint) as hour
     from pg_inherits where inhparent = 'journal'::regclass`,
  );
  return rows[0]?.hour ?? null;
}

function rangeOf(after: number, through: number, nextDeviceNo: number): FrozenRange {
  return { bound: "received_at", after, through, nextDeviceNo };
}

async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
