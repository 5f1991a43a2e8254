/** One server-sent event as it goes over the wire. Made once, written to any number of streams. */
export type EventFrame = Buffer;

/** Makes the frame of one event. `data` is JSON, so one line. */
export function eventFrame(event: string, data: string): EventFrame {
  return Buffer.from(`event: ${event}\ndata: ${data}\n\n`);
}
