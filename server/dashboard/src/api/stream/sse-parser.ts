export type ServerSentEvent = { event: string; data: string };

/**
 * Splits a text stream into server-sent events (WHATWG HTML, 9.2). Feed it pieces as they come; it keeps the unfinished rest.
 * Comments and ids are ignored: after a break everything is read again.
 */
export function createSseParser() {
  let rest = "";
  let event = "";
  let data: string[] = [];

  function lineEvents(line: string): ServerSentEvent | null {
    if (line === "") {
      const finished = data.length > 0 ? { event: event || "message", data: data.join("\n") } : null;
      event = "";
      data = [];
      return finished;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    if (field === "data") data.push(value);
    return null;
  }

  return {
    feed(piece: string): ServerSentEvent[] {
      const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      return lines.map(lineEvents).filter((finished) => finished !== null);
    },
  };
}
