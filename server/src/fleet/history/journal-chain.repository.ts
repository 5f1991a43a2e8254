import { setImmediate } from "node:timers/promises";
import type { ReadStore } from "../../platform/database/read-store.ts";

/** Rows between two pauses on SQLite, where reading blocks the thread: an ordinary device has 120 in an hour, a broken one thousands. */
const ROWS_PER_TURN = 1_000;

/** The columns of a journal row that reading needs. */
export type ChainRow = {
  id: number;
  device_no: number;
  at: number;
  received_at: number;
  samples: Uint8Array;
};

/**
 * Follows devices' rows through the journal from their newest ones, each to the one before, until one was received before
 * `since`, is in `known` (and is included), or is packed and deleted. Newest first for each device.
 */
export type JournalChainRepository = {
  follow(heads: readonly number[], since: number, known?: ReadonlySet<number>): Promise<ChainRow[]>;
};

export function createJournalChain({ engine }: ReadStore): JournalChainRepository {
  if (engine.kind === "postgres") {
    const text = `with recursive chain as (
        select id, device_no, at, received_at, previous, samples from journal
        where id = any($1::bigint[]) and received_at >= $2
        union all
        select row.id, row.device_no, row.at, row.received_at, row.previous, row.samples
        from chain join journal row on row.id = chain.previous and row.device_no = chain.device_no
        where row.received_at >= $2 and not chain.id = any($3::bigint[])
      ) select id, device_no, at, received_at, samples from chain`;
    return {
      async follow(heads, since, known) {
        const { rows } = await engine.pool.query<ChainRow>({
          name: "journal-chain",
          text,
          values: [heads, since, [...(known ?? [])]],
        });
        return rows;
      },
    };
  }

  const row = engine.reader.prepare<[number], ChainRow & { previous: number | null }>(
    "select id, device_no, at, received_at, previous, samples from journal where id = ?",
  );
  return {
    async follow(heads, since, known) {
      const rows: ChainRow[] = [];
      for (const head of heads) {
        let next = row.get(head);
        while (next && next.received_at >= since) {
          rows.push(next);
          // Rows that are packed in the meantime end the chain; callers read packed samples afterwards.
          if (rows.length % ROWS_PER_TURN === 0) await setImmediate();
          const { id, previous } = next;
          next = previous === null || known?.has(id) ? undefined : row.get(previous);
        }
      }
      return rows;
    },
  };
}
