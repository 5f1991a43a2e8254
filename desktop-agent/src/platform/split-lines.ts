/**
 * Cuts chunks of text into lines, without their ends. A line longer than `maxLength` is handed on cut, and its rest is dropped.
 */
export function createLineSplitter(
  maxLength: number,
  onLine: (line: string) => void,
): (chunk: string) => void {
  let kept = "";
  return (chunk) => {
    const [first = "", ...others] = chunk.split("\n");
    kept = (kept + first).slice(0, maxLength);
    for (const next of others) {
      onLine(kept.endsWith("\r") ? kept.slice(0, -1) : kept);
      kept = next.slice(0, maxLength);
    }
  };
}
