import { startTransition, useCallback, useEffect, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { readAlarms } from "../../api/alarm-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { useSession } from "../session/session-context.tsx";
import { type AlarmList, type AlarmListSnapshot, createAlarmList } from "./alarm-list.ts";
import { useOpenAlarmList } from "./alarm-list-context.tsx";
import {
  type AlarmQuery,
  formatAlarmQuery,
  isAlarmQueryNarrowed,
  parseAlarmQuery,
  toAlarmFilter,
} from "./alarm-query.ts";

/** The query in the page's address, and how to change it. Typing replaces the last step of the browser's history. */
export function useAlarmQuery() {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const query = useMemo(() => parseAlarmQuery(search), [search]);
  const go = (next: AlarmQuery, replace: boolean) => {
    const text = formatAlarmQuery(parseAlarmQuery(formatAlarmQuery(next)));
    navigate(text === "" ? path : `${path}?${text}`, { replace });
  };
  return {
    query,
    isNarrowed: isAlarmQueryNarrowed(query),
    change: (part: Partial<AlarmQuery>, replace = false) => {
      // Each state has an order of its own, unless one is chosen.
      const sort =
        part.state !== undefined && part.state !== query.state ? { sort: defaultSort(part.state) } : {};
      go({ ...query, ...sort, ...part }, replace);
    },
    clear: () => go({ ...parseAlarmQuery(""), state: query.state, sort: query.sort }, false),
  };
}

function defaultSort(state: AlarmQuery["state"]): AlarmQuery["sort"] {
  return state === "ended" ? "ended" : "severity";
}

type FollowedList = { list: AlarmList; snapshot: AlarmListSnapshot };

/** The list of the alarms page, which is kept while other pages are open. */
export function useAlarmList(query: AlarmQuery): FollowedList {
  const open = useOpenAlarmList();
  const { key, create } = useListOf(query);
  const list = useMemo(() => open(key, create), [open, key, create]);
  return useFollowedList(list);
}

/** A list that is shown beside something else. */
export function useOwnAlarmList(query: AlarmQuery): FollowedList {
  const { create } = useListOf(query);
  return useFollowedList(useMemo(() => create(), [create]));
}

function useListOf(query: AlarmQuery): { key: string; create: () => AlarmList } {
  const { user } = useSession();
  const key = formatAlarmQuery(query);
  const create = useCallback(
    () => createAlarmList({ filter: toAlarmFilter(query, user.id), sort: query.sort, read: readAlarms }),
    // oxlint-disable-next-line react/exhaustive-deps -- the key says all that the query says
    [key, user.id],
  );
  return { key: `${user.id} ${key}`, create };
}

/** Reads a list again, and keeps it up to date by the stream while it is shown. */
function useFollowedList(list: AlarmList): FollowedList {
  const { listen } = useLive();
  const [known, setKnown] = useState(() => ({ list, snapshot: list.snapshot() }));
  useEffect(() => {
    const update = () => startTransition(() => setKnown({ list, snapshot: list.snapshot() }));
    const unsubscribe = list.subscribe(update);
    void list.reload();
    const stop = listen({
      onAlarms: ({ changed }) => list.apply(changed),
      onResync: () => void list.reload(),
    });
    return () => {
      stop();
      unsubscribe();
      list.hold(false);
    };
  }, [list, listen]);
  return { list, snapshot: known.list === list ? known.snapshot : list.snapshot() };
}
