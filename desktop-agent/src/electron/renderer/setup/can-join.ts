import type { WindowState } from "../../ipc-contract.ts";

/** Whether an address and token can be entered here: where the app runs the agent, and that belongs to no server or is refused. */
export function canJoin({ view, role }: Pick<WindowState, "view" | "role">): boolean {
  if (!view || role !== "own-engine") return false;
  const { kind } = view.state;
  return view.enrolled === null || kind === "not-enrolled" || kind === "copied-machine" || kind === "revoked";
}
