import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLive } from "../../api/stream/live.tsx";

/** During a storm of alarms, what is read of them is read again this often. */
const EVERY_MS = 2_000;

/** Reads again what pages show of alarms when one changes: the first time at once, then at most every two seconds. */
export function useAlarmUpdates(): void {
  const queryClient = useQueryClient();
  const { listen } = useLive();
  useEffect(() => {
    let changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const update = () => {
      timer = null;
      if (changed.size === 0) return;
      for (const id of changed) void queryClient.invalidateQueries({ queryKey: ["alarm", id] });
      void queryClient.invalidateQueries({ queryKey: ["alarms"] });
      changed = new Set();
      timer = setTimeout(update, EVERY_MS);
    };
    const stop = listen({
      onAlarms(event) {
        for (const id of event.changed) changed.add(id);
        if (timer === null) update();
      },
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [queryClient, listen]);
}
