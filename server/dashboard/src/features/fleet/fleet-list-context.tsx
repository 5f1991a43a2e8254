import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useLive } from "../../api/stream/live.tsx";
import { createFleetList, type FleetList, type FleetListSnapshot } from "./fleet-list.ts";
import { type FleetQuery, formatFleetQuery, parseFleetQuery, toRequestQuery } from "./fleet-query.ts";

type FleetLists = {
  /** The list for a query: the present one when it is the same, otherwise a new one that replaces it. */
  open: (query: FleetQuery) => FleetList;
  /** The list that was open last; a device page moves on in its order. */
  current: () => FleetList;
};

const FleetListContext = createContext<FleetLists | null>(null);

/** Keeps the list while a device is open, so that it is unchanged when the user comes back. */
export function FleetListProvider({ children }: { children: ReactNode }) {
  const { listen } = useLive();
  const current = useRef<{ key: string; list: FleetList } | null>(null);
  const [lists] = useState<FleetLists>(() => {
    const open = (query: FleetQuery) => {
      const key = formatFleetQuery(query);
      if (current.current?.key === key) return current.current.list;
      current.current?.list.close();
      const list = createFleetList({ query, fetchPage: (page) => fetchDevicePage(query, page) });
      current.current = { key, list };
      void list.reload();
      return list;
    };
    return { open, current: () => current.current?.list ?? open(parseFleetQuery("")) };
  });
  useEffect(
    () =>
      listen({
        onDevices: (event) => current.current?.list.apply(event),
        onResync: () => void current.current?.list.reload(),
      }),
    [listen],
  );
  return <FleetListContext value={lists}>{children}</FleetListContext>;
}

export function useFleetLists(): FleetLists {
  const lists = useContext(FleetListContext);
  if (!lists) throw new Error("useFleetLists is only for pages inside FleetListProvider");
  return lists;
}

/**
 * What the list shows. State and not `useSyncExternalStore`: an answer that arrives while the page is drawn in slices would make React
 * draw all of it again, in one piece.
 */
export function useFleetSnapshot(list: FleetList): FleetListSnapshot {
  const [known, setKnown] = useState(() => ({ list, snapshot: list.snapshot() }));
  useEffect(() => {
    const update = () => startTransition(() => setKnown({ list, snapshot: list.snapshot() }));
    update();
    return list.subscribe(update);
  }, [list]);
  return known.list === list ? known.snapshot : list.snapshot();
}

/** One page of the devices that a query finds. */
export function fetchDevicePage(
  query: FleetQuery,
  page: { cursor: string | undefined; limit: number; signal: AbortSignal },
) {
  const { cursor, limit, signal } = page;
  return callApi("devicePage", paths.devices, { query: { ...toRequestQuery(query), cursor, limit }, signal });
}
