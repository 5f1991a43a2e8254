import { useSyncExternalStore } from "react";
import { readStored, writeStored } from "../../ui/browser-storage.ts";

const STORAGE_KEY = "muster-push";

/** Who chose push notifications in this browser, and their ids by the organization. */
export type PushChoice = { userId: string; ids: Readonly<Record<string, string>> };

/** Null where nobody chose them. */
export function readPushChoice(): PushChoice | null {
  return toChoice(readStored(STORAGE_KEY));
}

/** Keeps the choice for all tabs. Without an id of any organization it is gone. */
export function writePushChoice(choice: PushChoice | null): void {
  const isEmpty = choice === null || Object.keys(choice.ids).length === 0;
  writeStored(STORAGE_KEY, isEmpty ? "" : JSON.stringify(choice));
  globalThis.dispatchEvent(new Event(STORAGE_KEY));
}

/** The id of this browser for an organization; null where it gets no push notifications of it. */
export function usePushChoice(orgId: string): string | null {
  const stored = useSyncExternalStore(subscribe, () => readStored(STORAGE_KEY));
  return toChoice(stored)?.ids[orgId] ?? null;
}

function toChoice(stored: string | null): PushChoice | null {
  if (stored === null || stored === "") return null;
  try {
    const { userId, ids }: Partial<PushChoice> = JSON.parse(stored);
    return typeof userId === "string" && typeof ids === "object" ? { userId, ids } : null;
  } catch {
    return null;
  }
}

/** Another tab changes the storage, this one says so itself. */
function subscribe(listener: () => void): () => void {
  globalThis.addEventListener("storage", listener);
  globalThis.addEventListener(STORAGE_KEY, listener);
  return () => {
    globalThis.removeEventListener("storage", listener);
    globalThis.removeEventListener(STORAGE_KEY, listener);
  };
}
