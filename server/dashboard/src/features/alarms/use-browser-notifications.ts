import { useSyncExternalStore } from "react";
import { usePushChoice } from "../push/push-choice.ts";
import { useSession } from "../session/session-context.tsx";
import { readStored, writeStored } from "../../ui/browser-storage.ts";

const STORAGE_KEY = "muster-alarm-notifications";
const CHANGED = "muster-alarm-notifications";

/** Whether this browser can show notifications: `insecure` for a page that is not over HTTPS. */
export type NotificationSupport = "possible" | "denied" | "insecure";

/** Whether new critical alarms are shown as notifications of the browser. The choice is one for all tabs. Push notifications take their place. */
export function useBrowserNotifications() {
  const hasPush = usePushChoice(useSession().organization.id) !== null;
  const isChosen = useSyncExternalStore(subscribe, () => readStored(STORAGE_KEY) === "on");
  const support = useSyncExternalStore(subscribe, supportOf);
  return {
    support,
    hasPush,
    isOn: !hasPush && isChosen && support === "possible" && Notification.permission === "granted",
    /** Call it for a click only: browsers ignore other questions. */
    async change(isOn: boolean): Promise<void> {
      const permission = isOn ? await Notification.requestPermission() : "default";
      writeStored(STORAGE_KEY, isOn && permission === "granted" ? "on" : "off");
      globalThis.dispatchEvent(new Event(CHANGED));
    },
  };
}

function supportOf(): NotificationSupport {
  if (typeof Notification === "undefined" || !("locks" in navigator)) return "insecure";
  return Notification.permission === "denied" ? "denied" : "possible";
}

/** Another tab changes the storage, this one says so itself. */
function subscribe(listener: () => void): () => void {
  globalThis.addEventListener("storage", listener);
  globalThis.addEventListener(CHANGED, listener);
  return () => {
    globalThis.removeEventListener("storage", listener);
    globalThis.removeEventListener(CHANGED, listener);
  };
}
