import type { AlarmEndReason } from "@muster/shared/alarms/end-reasons.ts";
import type { Transaction } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Notify } from "../alarm-notice.ts";
import { lockOpenAlarms } from "./alarm.repository.ts";
import type { CollectHints } from "./alarm-hints.ts";
import { cleared } from "./alarm-machine.ts";
import { drafted, writeAlarms } from "./write-alarms.ts";

type EndAll = (tx: Transaction<Tables>, orgId: string, id: string, reason: AlarmEndReason) => Promise<void>;

export type EndAlarms = {
  /** Ends the open alarms of a rule that is deleted or switched off, in the transaction that does it. */
  endAlarmsOfRule: EndAll;
  /** Ends every open alarm about a device that is archived or deleted, those from outside as well. */
  endAlarmsOfDevice: EndAll;
};

const ALARMS_PER_SLICE = 200;

export function createEndAlarms(deps: {
  dialect: Dialect;
  clock: Clock;
  notify: Notify;
  collectHints: CollectHints;
}): EndAlarms {
  const { dialect, clock, notify, collectHints } = deps;

  function endAllBy(column: "rule_id" | "device_id"): EndAll {
    return async (tx, orgId, id, reason) => {
      for (;;) {
        const rows = await lockOpenAlarms(tx, dialect, { orgId, column, id, limit: ALARMS_PER_SLICE });
        const at = clock.now();
        const drafts = rows.map((row) => drafted(null, cleared(row, { at, reason })));
        await writeAlarms(tx, notify, drafts);
        collectHints(
          orgId,
          rows.map((row) => row.id),
        );
        if (rows.length < ALARMS_PER_SLICE) return;
      }
    };
  }

  return { endAlarmsOfRule: endAllBy("rule_id"), endAlarmsOfDevice: endAllBy("device_id") };
}
