import { createContext, useContext } from "react";
import type { WindowState } from "../../ipc-contract.ts";

export const WindowStateContext = createContext<WindowState | null>(null);

/** The newest state that the main process told. */
export function useWindowState(): WindowState {
  const state = useContext(WindowStateContext);
  if (!state) throw new Error("useWindowState is only for components of a started window");
  return state;
}
