import type { WindowName, WindowState } from "../ipc-contract.ts";

export type TrayStart = {
  /** It has never been here before. */
  isFirst: boolean;
  /** The desktop shows tray icons. */
  hasTrayHost: boolean;
};

/**
 * The window that opens by itself when the tray starts, null for none: set-up at the very first start of a device that nobody enrolled,
 * and the status where no icon can be seen. Without an icon the window is the only way in, so it comes at each start.
 */
export function firstWindow(
  { view, role }: Pick<WindowState, "view" | "role">,
  start: TrayStart,
): WindowName | null {
  const isNotSetUp = role === "own-engine" && view?.state.kind === "not-enrolled";
  if (isNotSetUp && (start.isFirst || !start.hasTrayHost)) return "setup";
  return start.hasTrayHost ? null : "status";
}
