import type { RecordedAction } from "@muster/shared/contracts/local-agent.ts";

type RecordEnd = NonNullable<RecordedAction["here"]>;

/** How the two records of one action stand to each other. */
export type Comparison =
  | { kind: "uncompared" | "agrees" | "onlyHere" | "onlyServer" | "notHere" | "differsTimes" }
  | { kind: "differs"; outcome: RecordEnd["outcome"] };

/** Compares what this device recorded with what the server tells; `differs` of the agent decides, the rest says how. */
export function compareRecords({ here, server, differs }: RecordedAction): Comparison {
  if (server === undefined) return { kind: "uncompared" };
  if (server === null) return { kind: "onlyHere" };
  if (here === null) return { kind: differs ? "onlyServer" : "notHere" };
  if (!differs) return { kind: "agrees" };
  if (server.outcome !== here.outcome) return { kind: "differs", outcome: server.outcome };
  return { kind: "differsTimes" };
}
