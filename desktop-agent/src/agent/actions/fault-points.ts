/** Every place between two steps of an action at which a crash leaves another trace. The runner passes each of them. */
export const FAULT_POINTS = [
  /** The server has handed it out; nothing is written. */
  "claimed",
  /** The journal knows it; the server was not asked whether to start. */
  "accepted",
  /** The server allowed the start; the journal does not know. */
  "start-answered",
  /** The journal has the start; nothing was done. */
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

/** The same between the steps of a reboot that is planned, moved and given to the system. */
export const REBOOT_FAULT_POINTS = [
  /** The disk has the plan; the system was not asked. */
  "reboot-planned",
  /** The disk has it as scheduled; the system was not asked. */
  "reboot-written",
  /** The system has it; it was not reported. */
  "reboot-handed-over",
  /** The disk has it as being postponed; the system still has it. */
  "reboot-moving",
  /** The system has dropped it; the disk has it as being postponed. */
  "reboot-called-off",
  /** The disk has the new instant; the user was not notified. */
  "reboot-moved",
  /** It is planned no more; the journal does not know how it ended. */
  "reboot-removed",
] as const;

/** The same between the steps of a message that trays show. */
export const MESSAGE_FAULT_POINTS = [
  /** The inbox is on the disk with it; no tray has spoken. */
  "message-stored",
  /** The disk has what a tray reported about it; the server does not. */
  "message-noted",
] as const;

export type FaultPoint =
  | (typeof FAULT_POINTS)[number]
  | (typeof REBOOT_FAULT_POINTS)[number]
  | (typeof MESSAGE_FAULT_POINTS)[number];

/** Called at each point; a test ends the process there. */
export type AtFaultPoint = (point: FaultPoint) => void;
