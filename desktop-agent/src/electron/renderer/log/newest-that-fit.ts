/** The newest lines whose text together takes at most `max` characters, joined by line ends. */
export function newestThatFit(lines: readonly string[], max: number): { text: string; count: number } {
  let size = 0;
  let from = lines.length;
  while (from > 0) {
    size += (lines[from - 1]?.length ?? 0) + 1;
    if (size > max) break;
    from -= 1;
  }
  const fitting = lines.slice(from);
  return { text: fitting.join("\n"), count: fitting.length };
}
