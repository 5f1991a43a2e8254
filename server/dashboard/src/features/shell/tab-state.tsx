import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { basePath } from "../../api/base-path.ts";
import { queries } from "../../api/queries.ts";
import { useLive } from "../../api/stream/live.tsx";
import { setTitleCount } from "../../ui/use-page-title.ts";
import { useUrgentAlarms } from "../alarms/use-urgent-alarms.ts";
import { keepOfflineFigures } from "./offline-figures.ts";
import { useFigureLines } from "./use-figure-lines.ts";

type TabIcon = "logo.svg" | "logo-warn.svg" | "logo-critical.svg" | "logo-offline.svg";

/**
 * Shows what needs somebody in the browser's tab: the worst state of the fleet as its icon, and before the title the number of alarms
 * that nobody has acknowledged.
 */
export function TabState() {
  const { data: summary } = useQuery(queries.summary());
  const { connection } = useLive();
  const { count } = useUrgentAlarms();
  const { critical = 0, warn = 0 } = summary?.attention ?? {};
  const isOffline = connection.state === "offline";
  const icon: TabIcon = isOffline
    ? "logo-offline.svg"
    : critical > 0
      ? "logo-critical.svg"
      : warn > 0
        ? "logo-warn.svg"
        : "logo.svg";
  const figures = useFigureLines(summary);
  useEffect(() => {
    document.querySelector('link[rel="icon"]')?.setAttribute("href", `${basePath}/${icon}`);
  }, [icon]);
  useEffect(() => {
    setTitleCount(count);
    return () => setTitleCount(0);
  }, [count]);
  useEffect(() => {
    if (figures) keepOfflineFigures(figures);
  }, [figures]);
  return null;
}
