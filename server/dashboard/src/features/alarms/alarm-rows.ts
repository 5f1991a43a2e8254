import type { Alarm, AlarmSort } from "@muster/shared/contracts/alarm.ts";

import { SEVERITIES } from "./alarm-query.ts";

/**
 * The rows of a list of alarms. `order` is what is shown; `left` are rows in it that no longer belong there, and `waiting` are
 * alarms that belong there and are not shown yet. `isWhole` is true when the server has no further page.
 */
export type AlarmRows = {
  alarms: ReadonlyMap<string, Alarm>;
  order: readonly string[];
  left: ReadonlySet<string>;
  waiting: ReadonlySet<string>;
  isWhole: boolean;
};

export const NO_ALARMS: AlarmRows = {
  alarms: new Map(),
  order: [],
  left: new Set(),
  waiting: new Set(),
  isWhole: false,
};

/** Adds the next page below what is there. */
export function addAlarmPage(
  rows: AlarmRows,
  page: { items: readonly Alarm[]; nextCursor: string | null },
): AlarmRows {
  const alarms = new Map(rows.alarms);
  for (const alarm of page.items) alarms.set(alarm.id, alarm);
  const order = [...new Set([...rows.order, ...page.items.map(({ id }) => id)])];
  const waiting = new Set([...rows.waiting].filter((id) => !order.includes(id)));
  return { ...rows, alarms, order, waiting, isWhole: page.nextCursor === null };
}

/** What the server says of alarms that changed: `found` are those that the list's filter finds, `ids` all of them. */
export type AlarmChanges = { ids: ReadonlySet<string>; found: readonly Alarm[] };

/** Changes values in their rows. No row moves, appears or goes before `settleAlarms`. */
export function applyAlarmChanges(rows: AlarmRows, changes: AlarmChanges, sort: AlarmSort): AlarmRows {
  const alarms = new Map(rows.alarms);
  const left = new Set(rows.left);
  const waiting = new Set(rows.waiting);
  const shown = new Set(rows.order);
  const last = rows.alarms.get(rows.order.at(-1) ?? "");
  const compare = compareAlarms(sort);
  for (const id of changes.ids) {
    waiting.delete(id);
    if (shown.has(id)) left.add(id);
  }
  for (const alarm of changes.found) {
    left.delete(alarm.id);
    if (!shown.has(alarm.id)) {
      // What comes after the last loaded row is read with its page.
      if (!rows.isWhole && last && compare(alarm, last) > 0) continue;
      waiting.add(alarm.id);
    }
    alarms.set(alarm.id, alarm);
  }
  return { ...rows, alarms, left, waiting };
}

/** How many rows would move, appear or go. */
export function countUnsettled({ order, alarms, left, waiting }: AlarmRows, sort: AlarmSort): number {
  const compare = compareAlarms(sort);
  const kept = order.flatMap((id) => (left.has(id) ? [] : (alarms.get(id) ?? [])));
  const misplaced = kept.filter((alarm, place) => {
    const before = kept[place - 1];
    return before !== undefined && compare(before, alarm) > 0;
  });
  return left.size + waiting.size + misplaced.length;
}

/** Puts every row where it belongs. */
export function settleAlarms(rows: AlarmRows, sort: AlarmSort): AlarmRows {
  const kept = [...rows.order, ...rows.waiting].flatMap((id) =>
    rows.left.has(id) ? [] : (rows.alarms.get(id) ?? []),
  );
  const sorted = kept.toSorted(compareAlarms(sort));
  return {
    ...rows,
    alarms: new Map(sorted.map((alarm) => [alarm.id, alarm])),
    order: sorted.map(({ id }) => id),
    left: new Set(),
    waiting: new Set(),
  };
}

/** The server's order of a list: the worst or newest first. */
function compareAlarms(sort: AlarmSort): (a: Alarm, b: Alarm) => number {
  return (a, b) =>
    (sort === "severity" ? placeOf(a) - placeOf(b) : 0) ||
    Date.parse(timeOf(b, sort)) - Date.parse(timeOf(a, sort)) ||
    (a.id < b.id ? 1 : -1);
}

function timeOf({ openedAt, endedAt }: Alarm, sort: AlarmSort): string {
  return sort === "ended" ? (endedAt ?? openedAt) : openedAt;
}

/** The worst severity comes first. */
function placeOf({ severity }: Alarm): number {
  return SEVERITIES.indexOf(severity);
}
