import { ACTIONS, ActionType } from "@muster/shared/actions/catalog.ts";
import type { ActionEnd } from "@muster/shared/contracts/action-delivery.ts";
import type { ActionHandler, ActionHost, HandlerEnd, Job, PayloadOf } from "./action-handler.ts";
import { errorEnd } from "./action-outcome.ts";
import { collectAgentLogHandler, refreshInventoryHandler, restartHandler } from "./handlers/agent.handler.ts";
import { messageHandler } from "./handlers/message.handler.ts";
import { cancelRebootHandler, rebootHandler } from "./handlers/reboot.handler.ts";
import { messageOf } from "../log.ts";

/** An order that this agent understands. Both functions never reject; null: the next run of the agent knows how it ended. */
export type PreparedAction = {
  run(job: Job, host: ActionHost): Promise<ActionEnd | null>;
  resume(job: Job, host: ActionHost): Promise<ActionEnd | null>;
};

export type Preparation =
  | { kind: "ready"; action: PreparedAction }
  | { kind: "unknown-type" }
  | { kind: "bad-payload"; reason: string };

/**
 * Looks a type up and reads its payload by the catalog's schema. This module brings zod, 15 MiB, into the process: it is imported
 * when the first action has come.
 */
export function prepareAction(type: string, payload: unknown): Preparation {
  const known = ActionType.safeParse(type);
  return known.success ? prepare(known.data, payload) : { kind: "unknown-type" };
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it ties schema, payload and handler of one type together
function prepare<Type extends ActionType>(type: Type, given: unknown): Preparation {
  const { payload: schema, result: resultSchema } = ACTIONS[type];
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: "bad-payload", reason: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was parsed by this very type's schema
  const payload = parsed.data as PayloadOf<Type>;
  const handler: ActionHandler<Type> = ACTION_HANDLERS[type];

  async function conclude(ending: Promise<HandlerEnd<unknown>>): Promise<ActionEnd | null> {
    try {
      const end = await ending;
      if (end.outcome === "unfinished") return null;
      if (end.outcome !== "done") return end;
      const result = resultSchema.safeParse(end.result);
      if (result.success) return { outcome: "done", result: result.data };
      return errorEnd(
        "failed",
        "The action was done, but its result does not match the schema and cannot be reported.",
      );
    } catch (error) {
      return errorEnd("failed", messageOf(error));
    }
  }

  return {
    kind: "ready",
    action: {
      run: (job, host) => conclude(handler.run(payload, job, host)),
      resume: (job, host) =>
        handler.resume
          ? conclude(handler.resume(payload, job, host))
          : Promise.resolve(
              errorEnd("interrupted", "The agent or the machine stopped while the action was running."),
            ),
    },
  };
}

/** What this agent can do: every action of the catalog, or it does not compile. */
export const ACTION_HANDLERS: { readonly [Type in ActionType]: ActionHandler<Type> } = {
  message: messageHandler,
  restart: restartHandler,
  reboot: rebootHandler,
  "cancel-reboot": cancelRebootHandler,
  "refresh-inventory": refreshInventoryHandler,
  "collect-agent-log": collectAgentLogHandler,
};
