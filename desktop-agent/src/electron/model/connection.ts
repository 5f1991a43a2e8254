import type { LocalView } from "@muster/shared/contracts/local-agent.ts";

/** The connection to the server. `connecting`: no report since the start was answered or has failed. */
export type Connection =
  | { kind: "none" }
  | { kind: "connecting"; lastDeliveredAtMs: number | null }
  | { kind: "reached"; lastDeliveredAtMs: number | null }
  | { kind: "unreached"; lastDeliveredAtMs: number | null; problem: string };

export function connectionOf({ enrolled, contact }: LocalView): Connection {
  if (!enrolled) return { kind: "none" };
  const { isReached, lastDeliveredAtMs, problem } = contact;
  if (isReached) return { kind: "reached", lastDeliveredAtMs };
  if (problem === null) return { kind: "connecting", lastDeliveredAtMs };
  return { kind: "unreached", lastDeliveredAtMs, problem };
}
