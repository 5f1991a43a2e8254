/** Longest line that is looked at; what is longer is no event of ours and is passed over. */
const MAX_LINE = 256;

/**
 * Finds the events in a stream of server-sent events, however its pieces are cut: calls `onEvent` with the name of each. Data is not
 * kept, since an agent's events carry none.
 */
export function createEventReader(onEvent: (name: string) => void): (chunk: string) => void {
  let line = "";
  let name = "";

  function endLine(): void {
    const whole = line.replace(/\r$/, "");
    line = "";
    if (whole === "") {
      if (name !== "") onEvent(name);
      name = "";
    } else if (whole.startsWith("event:")) name = whole.slice("event:".length).trim();
  }

  return (chunk) => {
    for (const [index, part] of chunk.split("\n").entries()) {
      if (index > 0) endLine();
      if (line.length < MAX_LINE) line += part.slice(0, MAX_LINE);
    }
  };
}
