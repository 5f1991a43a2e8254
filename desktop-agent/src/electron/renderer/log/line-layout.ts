/** Where lines of different heights stand, in rows of text: `tops[i]` rows lie above line i, the last entry is the whole height. */
export type LineLayout = { tops: Int32Array };

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
