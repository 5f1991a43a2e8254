import type { Sample } from "@muster/shared/contracts/metric.ts";
import { COLUMNS, toScaled } from "./figure.ts";

/**
 * Samples of one device, column by column: `times` in epoch milliseconds, and for each column id the scaled whole numbers,
 * NaN where nothing was measured. A column that no sample has is left out. Times ascend unless a function says otherwise.
 */
export type SampleBlock = { times: Float64Array; columns: Map<number, Float64Array> };

export const EMPTY_BLOCK: SampleBlock = { times: new Float64Array(0), columns: new Map() };

/** Samples as they came, in their order, as a block. */
export function blockOf(samples: readonly Sample[]): SampleBlock {
  const times = Float64Array.from(samples, ({ at }) => at);
  const columns = new Map<number, Float64Array>();
  for (const { id, name, digits } of COLUMNS) {
    let column: Float64Array | undefined;
    for (const [index, sample] of samples.entries()) {
      const value = sample[name];
      if (value === undefined) continue;
      column ??= new Float64Array(samples.length).fill(Number.NaN);
      column[index] = toScaled(value, digits);
    }
    if (column) columns.set(id, column);
  }
  return { times, columns };
}
