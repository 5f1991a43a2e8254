import type { RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import type { TrayWords } from "../../model/words.ts";
import { plainWords } from "./plain-words.ts";

/** The catalogue itself would bring zod into the window. */
const ACTIONS: Record<keyof (typeof trayWindowsEn)["record"]["done"]["action"], true> = {
  message: true,
  restart: true,
  reboot: true,
  "cancel-reboot": true,
  "refresh-inventory": true,
  "collect-agent-log": true,
};
const NAMES = keysOf(ACTIONS);

/** What an action is called; its type as words where it is not known here. */
export function actionName(type: string, t: TrayWords["t"]): string {
  const known = NAMES.find((name) => name === type);
  return known ? t(`windows.record.done.action.${known}`) : plainWords(type);
}

type RecordEnd = NonNullable<RecordedAction["here"]>;

/** How the two records of one action stand to each other. */
type Comparison =
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
