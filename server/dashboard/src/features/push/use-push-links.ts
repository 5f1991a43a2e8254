import { useEffect } from "react";
import { useLocation } from "wouter";

/** Opens what a push notification leads to when it is pressed: the service worker asks the pages that are open. */
export function usePushLinks(): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    const { serviceWorker } = navigator;
    const open = ({ data, ports }: MessageEvent<{ type?: unknown; path?: unknown } | null>) => {
      if (data?.type !== "open" || typeof data.path !== "string") return;
      ports[0]?.postMessage("opened");
      navigate(data.path);
    };
    serviceWorker.addEventListener("message", open);
    return () => serviceWorker.removeEventListener("message", open);
  }, [navigate]);
}
