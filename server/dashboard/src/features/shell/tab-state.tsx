import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { basePath } from "../../api/base-path.ts";
import { queries } from "../../api/queries.ts";
import { useLive } from "../../api/stream/live.tsx";
import { setTitleCount } from "../../ui/use-page-title.ts";
import { keepOfflineFigures } from "./offline-figures.ts";
import { useFigureLines } from "./use-figure-lines.ts";

type TabIcon = "logo.svg" | "logo-warn.svg" | "logo-critical.svg" | "logo-offline.svg";

/** Shows the worst state of the fleet in the browser's tab: its icon, and the number of critical devices before the title. */
export function TabState() {
  const { data: summary } = useQuery(queries.summary());
  const { connection } = useLive();
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
    setTitleCount(critical);
    return () => setTitleCount(0);
  }, [critical]);
  useEffect(() => {
    if (figures) keepOfflineFigures(figures);
  }, [figures]);
  return null;
}
