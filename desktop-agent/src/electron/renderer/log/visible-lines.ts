import { type LineLayout, lineAt } from "./line-layout.ts";

/** Indexes of lines, `to` not included. */
export type LineRange = { from: number; to: number };
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
