import type { Clock } from "../ports.ts";
import type { Commands } from "../run-command.ts";
import type { DesktopCommand } from "./desktop-command.ts";

/** The outcome of one method to show a message. `pressed` is the index of the button. */
export type WayOutcome = { kind: "shown"; pressed: number | null } | { kind: "failed"; reason: string };

/** What a way of showing works with, inside the desktop that it shows on. */
export type DesktopTools = { commands: Commands; clock: Clock; inDesktop: DesktopCommand };
