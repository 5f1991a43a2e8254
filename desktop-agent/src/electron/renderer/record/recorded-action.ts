import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import type { TrayTranslations } from "../../model/translations.ts";
import { humanizeCode } from "./humanize-code.ts";

/** Only its type comes from the action catalogue, which would load zod into the window. */
const ACTIONS: Record<ActionType, true> = {
  message: true,
  restart: true,
  reboot: true,
  "cancel-reboot": true,
  "refresh-inventory": true,
  "collect-agent-log": true,
} satisfies Record<keyof (typeof trayWindowsEn)["record"]["done"]["action"], true>;
const NAMES = keysOf(ACTIONS);

/** The translated name of an action. An unknown type is made readable instead. */
export function actionName(type: string, t: TrayTranslations["t"]): string {
  const known = NAMES.find((name) => name === type);
  return known ? t(`windows.record.done.action.${known}`) : humanizeCode(type);
}

type RecordEnd = NonNullable<RecordedAction["here"]>;

/** The result of comparing the two records of one action. */
type Comparison =
  | { kind: "uncompared" | "agrees" | "onlyHere" | "onlyServer" | "notHere" | "differsTimes" }
  | { kind: "differs"; outcome: RecordEnd["outcome"] };

/** Compares the record of this device with the server's. The agent's `differs` decides whether they differ, this function how. */
export function compareRecords({ here, server, differs }: RecordedAction): Comparison {
  if (server === undefined) return { kind: "uncompared" };
  if (server === null) return { kind: "onlyHere" };
  if (here === null) return { kind: differs ? "onlyServer" : "notHere" };
  if (!differs) return { kind: "agrees" };
  if (server.outcome !== here.outcome) return { kind: "differs", outcome: server.outcome };
  return { kind: "differsTimes" };
}
