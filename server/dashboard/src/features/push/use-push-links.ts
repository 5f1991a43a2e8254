import { useEffect } from "react";
import { useLocation } from "wouter";

/** Opens what a push message leads to when it is pressed: the service worker asks a page that is open. */
export function usePushLinks(): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    const { serviceWorker } = navigator;
    const open = ({ data }: MessageEvent<{ type?: unknown; path?: unknown } | null>) => {
      if (data?.type === "open" && typeof data.path === "string") navigate(data.path);
    };
    serviceWorker.addEventListener("message", open);
    return () => serviceWorker.removeEventListener("message", open);
  }, [navigate]);
}
