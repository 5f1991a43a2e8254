import { createContext, type ReactNode, useContext, useState } from "react";
import type { AlarmList } from "./alarm-list.ts";

/** The list for a key: the present one when it is the same, otherwise a new one that replaces it. */
type OpenAlarmList = (key: string, create: () => AlarmList) => AlarmList;

const AlarmListContext = createContext<OpenAlarmList | null>(null);

/** Keeps the list of the alarms page while one alarm is open, so that its rows and its position are there when the user comes back. */
export function AlarmListProvider({ children }: { children: ReactNode }) {
  const [open] = useState((): OpenAlarmList => {
    let current: { key: string; list: AlarmList } | null = null;
    return (key, create) => {
      if (current?.key === key) return current.list;
      current?.list.close();
      const list = create();
      current = { key, list };
      return list;
    };
  });
  return <AlarmListContext value={open}>{children}</AlarmListContext>;
}

export function useOpenAlarmList(): OpenAlarmList {
  const open = useContext(AlarmListContext);
  if (!open) throw new Error("useOpenAlarmList is only for pages inside AlarmListProvider");
  return open;
}
