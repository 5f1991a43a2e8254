import type { Clock } from "../ports.ts";
import type { Commands } from "../run-command.ts";
import type { DesktopCommand } from "./desktop-command.ts";

/** What one way of showing a message came to. `pressed` is the place of the button in the list. */
export type WayOutcome = { kind: "shown"; pressed: number | null } | { kind: "failed"; reason: string };

/** What a way of showing works with, inside the desktop that it shows on. */
export type DesktopTools = { commands: Commands; clock: Clock; inDesktop: DesktopCommand };
