/** Reads the one-minute load average from /proc/loadavg. */
export function parseLoadavg(text: string): number | undefined {
  const first = /^(\d{1,6}\.\d{1,2})\s/.exec(text)?.[1];
  return first === undefined ? undefined : Number(first);
}
