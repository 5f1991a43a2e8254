import type { z } from "zod";
import type { ACTIONS, ActionType } from "@muster/shared/actions/catalog.ts";
import type { ActionErrorCode } from "@muster/shared/contracts/action.ts";
import type { ActionProgress } from "@muster/shared/contracts/action-delivery.ts";
import type { Clock, FilePort, RebootPort } from "../../platform/ports.ts";
import type { LazyLocalUsers } from "../local-users/local-users.ts";

export type PayloadOf<Type extends ActionType> = z.output<(typeof ACTIONS)[Type]["payload"]>;
export type ResultOf<Type extends ActionType> = z.output<(typeof ACTIONS)[Type]["result"]>;

/** A reboot that counts down: with the system, or by the agent alone. */
export type Countdown = { isWithSystem(): boolean; callOff(): void };

/** What handlers reach of the machine and of the agent. */
export type ActionHost = {
  clock: Clock;
  files: FilePort;
  localUsers: LazyLocalUsers;
  reboots: RebootPort;
  logPath: string;
  agentVersion: string;
  /** Ends the agent so that it starts again; null where it cannot. */
  restartAgent: (() => void) | null;
  /** Reads the inventory and sends it immediately. Gives its hash, or why it could not be read. */
  refreshInventory(): Promise<{ kind: "value"; hash: string } | { kind: "skip"; reason: string }>;
  /** Reboots that count down here, so that another action can call them off. */
  countdowns: Set<Countdown>;
};

/** One action on its way. */
export type Job = {
  id: string;
  /** Who asked for it; null when the order does not name them. */
  askedBy: string | null;
  bootId: string;
  /** When it started: the boot, and milliseconds since that boot. */
  started: { bootId: string; sinceBootMs: number };
  /** It is to be cancelled. */
  cancelRequested: AbortSignal;
  /** The agent ends. What is still under way then is taken up again by the next run. */
  stopping: AbortSignal;
  /** Reports its progress. `inMs`: milliseconds from now until it happens, null when there is no such instant. */
  reportProgress(step: ActionProgress["step"], inMs: number | null, note?: string): void;
};

/** How a handler ended. `unfinished`: the next run of the agent knows more. */
export type HandlerEnd<Result> =
  | { outcome: "done"; result: Result }
  | { outcome: "error"; code: ActionErrorCode; message: string }
  | { outcome: "cancelled" }
  | { outcome: "unfinished" };

/** Does one type of action. It is called once for each action, whatever crashes. */
export type ActionHandler<Type extends ActionType> = {
  run(payload: PayloadOf<Type>, job: Job, host: ActionHost): Promise<HandlerEnd<ResultOf<Type>>>;
  /** Finds out how it ended when an earlier run of the agent started it. Without it, it is an error: interrupted. */
  resume?(payload: PayloadOf<Type>, job: Job, host: ActionHost): Promise<HandlerEnd<ResultOf<Type>>>;
};
