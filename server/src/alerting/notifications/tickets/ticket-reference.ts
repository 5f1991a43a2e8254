/** Names an alarm in other systems: the random end of its id. `event` tells the tickets of one alarm apart whose earlier one is gone. */
export function referenceOf(id: string, event: number | null = null): string {
  const end = id.slice(-12).toUpperCase();
  return event === null ? `MUSTER-${end}` : `MUSTER-${end}-${event}`;
}
