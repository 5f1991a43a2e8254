/** The layout of wrapped lines, in rows: `tops[i]` is the number of rows above line i; the last entry is the total height. */
export type LineLayout = { tops: Int32Array };

// East Asian wide and full-width characters and pictographs take two columns.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu;
const ASCII = /^[\x00-\x7f]*$/;

/** The width of a text in columns of a monospaced font. */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** Lays out lines that wrap after `columns` characters. */
export function layOut(lengths: readonly number[], columns: number): LineLayout {
  const tops = new Int32Array(lengths.length + 1);
  lengths.forEach((length, index) => {
    tops[index + 1] = (tops[index] ?? 0) + Math.max(1, Math.ceil(length / Math.max(1, columns)));
  });
  return { tops };
}

/** The line at a row; the first for rows above the top, the last for rows below the bottom. */
export function lineAt({ tops }: LineLayout, row: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Indexes of lines; `to` is exclusive. */
type LineRange = { from: number; to: number };
/** Numbers of the first and last line that must be drawn although they may not be visible. */
export type PinnedLines = { first: number; last: number } | null;

type VisibleArea = { fromPx: number; heightPx: number; rowPx: number };

/** Lines that are drawn above and below the visible ones, so that scrolling shows no gap. */
const OVERSCAN_LINES = 20;
/** A longer selection is not kept while it is not visible. */
const MAX_PINNED_LINES = 2_000;

/** The lines to draw: the visible ones, and those up to the selection, which would be lost without its lines. */
export function visibleLines(
  layout: LineLayout,
  shown: readonly { number: number }[],
  { fromPx, heightPx, rowPx }: VisibleArea,
  pinned: PinnedLines,
): LineRange {
  const from = Math.max(0, lineAt(layout, fromPx / rowPx) - OVERSCAN_LINES);
  const to = Math.min(shown.length, lineAt(layout, (fromPx + heightPx) / rowPx) + 1 + OVERSCAN_LINES);
  if (!pinned) return { from, to };
  const first = shown.findIndex(({ number }) => number >= pinned.first);
  const last = shown.findLastIndex(({ number }) => number <= pinned.last);
  const wider = { from: Math.min(from, first), to: Math.max(to, last + 1) };
  return first >= 0 && last >= 0 && wider.to - wider.from <= MAX_PINNED_LINES ? wider : { from, to };
}
