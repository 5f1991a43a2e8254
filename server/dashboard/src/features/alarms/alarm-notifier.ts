import type { Alarm, AlarmPage } from "@muster/shared/contracts/alarm.ts";
import type { AlarmRequest } from "../../api/alarm-calls.ts";
import { createChangeQueue } from "../actions/use-action-list.ts";

const CRITICAL: AlarmRequest = { state: "open", severity: ["critical"] };
/** The server finds this many alarms by their ids, and has this many on a page. */
const MAX_READ = 200;
const ALL = "";

type AlarmNotifierDeps = {
  read: (query: AlarmRequest) => Promise<AlarmPage>;
  /** Shows alarms that became critical since the last call. */
  show: (alarms: readonly Alarm[]) => void;
  /** Epoch milliseconds of this computer. */
  startedAt: number;
};

/**
 * Finds critical alarms that are new: those that were not open and critical when it began. One that nobody is to be told of, or that
 * is unstable, is shown when that is over. What cannot be read is read again with the next change.
 */
export function createAlarmNotifier({ read, show, startedAt }: AlarmNotifierDeps) {
  let known: Set<string> | null = null;
  /** More were open than one page has: the others are told from new ones by the time at which they opened. */
  let isPartial = false;

  const queue = createChangeQueue(async (changed) => {
    const isAll = known === null || changed.has(ALL) || changed.size > MAX_READ;
    const query = isAll ? { ...CRITICAL, sort: "opened" } : { ...CRITICAL, ids: [...changed] };
    const page = await read({ ...query, limit: MAX_READ }).catch(() => null);
    if (page === null) return;
    if (known === null) {
      known = new Set(page.items.map(({ id }) => id));
      isPartial = page.nextCursor !== null;
      return;
    }
    const found = new Set(page.items.map(({ id }) => id));
    // What comes back is new again.
    for (const id of isAll ? [] : changed) if (!found.has(id)) known.delete(id);
    const fresh: Alarm[] = [];
    for (const alarm of page.items) {
      if (known.has(alarm.id) || alarm.mutedBy !== null || alarm.isUnstable) continue;
      known.add(alarm.id);
      const isOld = isPartial && Date.parse(alarm.openedAt) < startedAt;
      if (alarm.acknowledgement === null && !isOld) fresh.push(alarm);
    }
    if (fresh.length > 0) show(fresh);
  });
  return {
    /** Reads what is critical now, which is not new; later, what changed while the stream was broken. */
    readAll: () => queue.push([ALL]),
    changed: (ids: readonly string[]) => queue.push(ids),
  };
}
