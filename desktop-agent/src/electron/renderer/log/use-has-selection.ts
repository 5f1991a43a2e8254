import { useSyncExternalStore } from "react";

/** Whether any text of the window is selected. */
export function useHasSelection(): boolean {
  return useSyncExternalStore(subscribe, () => getSelection()?.isCollapsed === false);
}

function subscribe(listener: () => void): () => void {
  document.addEventListener("selectionchange", listener);
  return () => document.removeEventListener("selectionchange", listener);
}
