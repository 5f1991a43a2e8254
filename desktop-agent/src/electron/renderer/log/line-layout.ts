/** Where lines of different heights stand, in rows of text: `tops[i]` rows lie above line i, the last entry is the whole height. */
type LineLayout = { tops: Int32Array };

// East Asian wide and full-width forms, and pictographs, take two columns.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu;
const ASCII = /^[\x00-\x7f]*$/;

/** How many columns of a monospaced font a text takes. */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** Lays out lines that break after `columns` characters wherever that is. */
export function layOut(lengths: readonly number[], columns: number): LineLayout {
  const tops = new Int32Array(lengths.length + 1);
  lengths.forEach((length, index) => {
    tops[index + 1] = (tops[index] ?? 0) + Math.max(1, Math.ceil(length / Math.max(1, columns)));
  });
  return { tops };
}

/** The line at a row; the first above the top, the last below the bottom. */
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

/** Indexes of lines, `to` not included. */
type LineRange = { from: number; to: number };
/** Numbers of the first and last line that are needed beside those in sight. */
export type PinnedLines = { first: number; last: number } | null;

type Sight = { fromPx: number; heightPx: number; rowPx: number };

/** Lines above and below that are drawn as well, so that scrolling shows no empty place. */
const BEYOND = 20;
/** A selection over more lines than this is not kept while it is out of sight. */
const MOST_PINNED = 2_000;

/** The lines to draw: those in sight, and those between them and a selection, which would end if its lines went. */
export function visibleLines(
  layout: LineLayout,
  shown: readonly { number: number }[],
  { fromPx, heightPx, rowPx }: Sight,
  pinned: PinnedLines,
): LineRange {
  const from = Math.max(0, lineAt(layout, fromPx / rowPx) - BEYOND);
  const to = Math.min(shown.length, lineAt(layout, (fromPx + heightPx) / rowPx) + 1 + BEYOND);
  if (!pinned) return { from, to };
  const first = shown.findIndex(({ number }) => number >= pinned.first);
  const last = shown.findLastIndex(({ number }) => number <= pinned.last);
  const wider = { from: Math.min(from, first), to: Math.max(to, last + 1) };
  return first >= 0 && last >= 0 && wider.to - wider.from <= MOST_PINNED ? wider : { from, to };
}
