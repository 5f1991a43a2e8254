/**
 * What the engine is doing.
 *
 *                 +--> not-enrolled ---(enrolled)---+
 *   starting -----+--> copied-machine -(enrolled)---+--> starting
 *                 +--> unidentified ---(readable)---+
 *                 +--> reporting <--> paused
 *                          |  401        | 401
 *                          +-> revoked <-+   back when an hourly try succeeds, or when enrolled again
 *   any --stop--> stopped
 */
export type AgentState =
  | { kind: "starting" }
  /** No identity is stored; `reason` when a stored one cannot be used. */
  | { kind: "not-enrolled"; reason: string | null }
  /** The stored identity belongs to another machine. */
  | { kind: "copied-machine" }
  /** The machine's identity cannot be read, so nothing is reported. */
  | { kind: "unidentified"; reason: string }
  | { kind: "reporting" }
  | { kind: "paused"; untilMs: number | null }
  /** The server does not accept the credential any more. */
  | { kind: "revoked" }
  | { kind: "stopped" };

/** One line for a user. */
export function describeState(state: AgentState): string {
  switch (state.kind) {
    case "starting":
      return "starting";
    case "not-enrolled":
      return state.reason ?? "This machine is not enrolled. Run muster-agent enrol.";
    case "copied-machine":
      return "This machine is a copy of an enrolled one. Run muster-agent enrol.";
    case "unidentified":
      return `The identity of this machine cannot be read: ${state.reason}`;
    case "reporting":
      return "reporting";
    case "paused":
      return state.untilMs === null
        ? "paused until resumed"
        : `paused until ${new Date(state.untilMs).toISOString()}`;
    case "revoked":
      return "The server revoked this device. Run muster-agent enrol to join again.";
    case "stopped":
      return "stopped";
  }
}
