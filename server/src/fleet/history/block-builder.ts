import type { SampleBlock } from "./sample-block.ts";

/** Collects samples into a block, in the given order. */
export type BlockBuilder = {
  /** Begins a sample; `set` then gives it its values. */
  begin(at: number): void;
  /** The scaled value of the sample that was begun last. */
  set(column: number, scaled: number): void;
  add(block: SampleBlock): void;
  build(): SampleBlock;
};

export function createBlockBuilder(): BlockBuilder {
  const times: number[] = [];
  const columns = new Map<number, number[]>();

  function set(id: number, scaled: number): void {
    let column = columns.get(id);
    if (!column) columns.set(id, (column = []));
    while (column.length < times.length - 1) column.push(Number.NaN);
    // A hostile report may name an instance twice: the last value counts.
    column[times.length - 1] = scaled;
  }

  return {
    begin: (at) => times.push(at),
    set,
    add(block) {
      for (const [index, at] of block.times.entries()) {
        times.push(at);
        for (const [id, values] of block.columns) set(id, values[index] ?? Number.NaN);
      }
    },
    build() {
      const filled = new Map<number, Float64Array>();
      for (const [id, column] of columns) {
        const values = new Float64Array(times.length).fill(Number.NaN);
        values.set(column);
        filled.set(id, values);
      }
      return { times: Float64Array.from(times), columns: filled };
    },
  };
}
