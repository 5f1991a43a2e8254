import type { SqliteEngine } from "../../platform/database/store.ts";
import type { FreezingRepository } from "./freezing.system-repository.ts";

const MAX_RANGE_ROWS = 4_000_000;
const ROWS_PER_DELETE = 2000;

type Packing = { packed_through: number; frozen_through: number | null; next_device_no: number };

/** On SQLite a range is a run of ids: ids ascend and have one writer, so nothing is added below the highest. */
export function createSqliteFreezing({ writer, runExclusive }: SqliteEngine): FreezingRepository {
  const state = writer.prepare<[], Packing>(
    "select packed_through, frozen_through, next_device_no from history_packing",
  );
  const begin = writer.prepare<[number, number]>(
    "update history_packing set frozen_after = ?, frozen_through = ?, next_device_no = 0, packed_rows = 0",
  );
  const end = writer.prepare(`update history_packing
    set packed_through = frozen_through, frozen_after = null, frozen_through = null, next_device_no = 0`);
  const highest = writer.prepare<[], number | null>("select max(id) from journal").pluck();
  const receivedAt = writer
    .prepare<[number], number>("select received_at from journal where id >= ? order by id limit 1")
    .pluck();
  const lowest = writer.prepare<[number], number | null>("select min(id) from journal where id <= ?").pluck();
  const remove = writer.prepare<[number, number]>("delete from journal where id >= ? and id <= ?");

  /** Highest id in (after, last] received before `boundary`; receive times ascend with ids except when the clock is set back. */
  function lastBefore(boundary: number, after: number, last: number): number {
    let low = after;
    let high = last;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((receivedAt.get(middle) ?? Number.POSITIVE_INFINITY) < boundary) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  return {
    freeze: (boundary) =>
      runExclusive(() => {
        const packing = state.get();
        if (!packing) throw new Error("The table history_packing has no row.");
        const { packed_through: after, frozen_through, next_device_no } = packing;
        if (frozen_through !== null) {
          return { bound: "id", after, through: frozen_through, nextDeviceNo: next_device_no };
        }
        const last = highest.get() ?? after;
        const finished = lastBefore(boundary, after, last);
        const through = Math.min(last - after > MAX_RANGE_ROWS ? last : finished, after + MAX_RANGE_ROWS);
        if (through <= after) return null;
        begin.run(after, through);
        return { bound: "id", after, through, nextDeviceNo: 0 };
      }),

    async release({ through }, signal) {
      for (let isDone = false; !isDone && !signal.aborted; ) {
        isDone = await runExclusive(() => {
          const first = lowest.get(through);
          if (typeof first === "number") remove.run(first, Math.min(first + ROWS_PER_DELETE - 1, through));
          const isEmpty = typeof first !== "number" || first + ROWS_PER_DELETE > through;
          if (isEmpty) end.run();
          return isEmpty;
        });
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    },
  };
}
