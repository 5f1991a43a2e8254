import type { WindowName, WindowState } from "../ipc-contract.ts";

export type TrayStart = {
  /** The tray was never started before. */
  isFirst: boolean;
  /** The desktop shows tray icons. */
  hasTrayHost: boolean;
};

/**
 * The window that opens when the tray starts, null for none: set-up at the first start of a device that is not enrolled, the status
 * window where the desktop shows no icons. Without an icon the window is the only access, so it opens at each start.
 */
export function initialWindow(
  { view, role }: Pick<WindowState, "view" | "role">,
  start: TrayStart,
): WindowName | null {
  const isNotSetUp = role === "embedded-engine" && view?.state.kind === "not-enrolled";
  if (isNotSetUp && (start.isFirst || !start.hasTrayHost)) return "setup";
  return start.hasTrayHost ? null : "status";
}
