/** Every place between two steps of an action at which a crash leaves another trace. The runner passes each of them. */
export const FAULT_POINTS = [
  /** The server has handed it out; nothing is written. */
  "claimed",
  /** The journal knows it; the server was not asked whether to start. */
  "accepted",
  /** The server said yes; the journal does not know. */
  "start-answered",
  /** The journal says started; nothing was done. */
  "started",
  /** It was done; the journal does not know how it ended. */
  "acted",
  /** The journal knows the end; the server does not. */
  "ended",
  /** The server knows the end; the journal does not know that it does. */
  "result-answered",
  /** Both know. */
  "reported",
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

/** Called at each point; a test ends the process there. */
export type AtFaultPoint = (point: FaultPoint) => void;
