import { createContext, useContext } from "react";
import type { WindowState } from "../../ipc-contract.ts";

export const WindowStateContext = createContext<WindowState | null>(null);

/** The latest state from the main process. */
export function useWindowState(): WindowState {
  const state = useContext(WindowStateContext);
  if (!state) throw new Error("useWindowState must be used inside a started window.");
  return state;
}
