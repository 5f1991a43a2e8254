import type { MessageToShow } from "../ports.ts";
import type { FollowCommand } from "../run-command.ts";
import type { ShowInSession } from "../show-in-sessions.ts";
import { dialogScript } from "./message-scripts.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

/** A window of PowerShell with the message's buttons, in the session that the agent runs in. */
export function askByWindow(follow: FollowCommand, message: MessageToShow, user: string): ShowInSession {
  return async (onShown, signal) => {
    const { promise: ended, resolve: end } = Promise.withResolvers<string>();
    let isShown = false;
    let pressed: number | null = null;
    const dialog = follow(POWERSHELL, powershellArguments(dialogScript(message)), {
      onLine: (line) => {
        if (line.trim() === "shown" && !isShown) {
          isShown = true;
          onShown();
        }
        if (/^\d\s*$/.test(line)) {
          pressed = Number(line);
          end("pressed");
        }
      },
      onEnd: end,
    });
    const giveUp = () => end("given up");
    signal.addEventListener("abort", giveUp, { once: true });
    if (signal.aborted) giveUp();
    const reason = await ended;
    signal.removeEventListener("abort", giveUp);
    dialog.stop();
    if (!isShown && pressed === null) return { kind: "not-shown", user, reason };
    return { kind: "shown", user, by: "window", pressed };
  };
}
