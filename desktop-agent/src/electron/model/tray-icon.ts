import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import type { WindowState } from "../ipc-contract.ts";

/**
 * The state that the icon shows. The first match wins: not reporting (unknown), paused, server not reached (offline), then the
 * attention level. A machine whose health is unknown is never shown as ok.
 */
export function chooseIcon({ view, role }: Pick<WindowState, "view" | "role">): TrayIconState {
  if (view === null || role === "service-unreachable") return "unknown";
  if (view.state.kind === "paused") return "paused";
  if (view.state.kind !== "reporting") return "unknown";
  if (!view.contact.isReached && view.contact.problem !== null) return "offline";
  if (view.attention.level !== "none") return view.attention.level;
  return view.latest === null || view.latest.health.status === "unknown" ? "unknown" : "ok";
}
