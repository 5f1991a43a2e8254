/**
 * Samples of one device, column by column: `times` in epoch milliseconds, and for each column id the scaled whole numbers,
 * NaN where nothing was measured. A column that no sample has is left out. Times are ascending and unique, unless stated otherwise.
 */
export type SampleBlock = { times: Float64Array; columns: Map<number, Float64Array> };

const EMPTY_BLOCK: SampleBlock = { times: new Float64Array(0), columns: new Map() };

/** Merges blocks whose times may be in any order; of several samples of one time the last one is kept. */
export function mergeBlocks(blocks: readonly SampleBlock[]): SampleBlock {
  const [first, ...others] = blocks.filter(({ times }) => times.length > 0);
  if (!first) return EMPTY_BLOCK;
  const all = others.length === 0 ? first : concatenate([first, ...others]);
  if (isAscending(all.times)) return all;
  const { times } = all;
  const timeAt = (index: number) => times[index] ?? Number.NaN;
  const order = Uint32Array.from(times.keys()).toSorted(
    (one, other) => timeAt(one) - timeAt(other) || one - other,
  );
  return pick(
    all,
    order.filter((position, index) => timeAt(position) !== timeAt(order[index + 1] ?? -1)),
  );
}

/** The samples of [from, to). */
export function sliceBlock(block: SampleBlock, from: number, to: number): SampleBlock {
  const start = firstAtOrAfter(block.times, from);
  const end = firstAtOrAfter(block.times, to);
  if (start === 0 && end === block.times.length) return block;
  const columns = new Map<number, Float64Array>();
  for (const [id, values] of block.columns) columns.set(id, values.subarray(start, end));
  return { times: block.times.subarray(start, end), columns };
}

/** Position of the first of ascending `times` that is not before `time`. */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isAscending(times: Float64Array): boolean {
  for (let index = 1; index < times.length; index += 1) {
    if ((times[index] ?? 0) <= (times[index - 1] ?? 0)) return false;
  }
  return true;
}

function concatenate(blocks: readonly SampleBlock[]): SampleBlock {
  const length = blocks.reduce((sum, { times }) => sum + times.length, 0);
  const times = new Float64Array(length);
  const columns = new Map<number, Float64Array>();
  let offset = 0;
  for (const block of blocks) {
    times.set(block.times, offset);
    for (const [id, values] of block.columns) {
      let column = columns.get(id);
      if (!column) columns.set(id, (column = new Float64Array(length).fill(Number.NaN)));
      column.set(values, offset);
    }
    offset += block.times.length;
  }
  return { times, columns };
}

function pick({ times, columns }: SampleBlock, positions: Uint32Array): SampleBlock {
  // Float64Array.from would go through an iterator and a list.
  const from = (values: Float64Array) => {
    const picked = new Float64Array(positions.length);
    for (let index = 0; index < positions.length; index += 1) {
      picked[index] = values[positions[index] ?? -1] ?? Number.NaN;
    }
    return picked;
  };
  return { times: from(times), columns: new Map([...columns].map(([id, values]) => [id, from(values)])) };
}
