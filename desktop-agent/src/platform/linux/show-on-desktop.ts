import { commandFailure } from "../command-failure.ts";
import type { MessageToShow } from "../ports.ts";
import { askByDialog } from "./ask-by-dialog.ts";
import { askOverBus } from "./ask-over-bus.ts";
import type { DesktopTools, WayOutcome } from "./desktop-tools.ts";
import { escapeMarkup, notifyCommand } from "./notification-bus.ts";

type Way = {
  by: string;
  show: (
    tools: DesktopTools,
    message: MessageToShow,
    onShown: () => void,
    signal: AbortSignal,
  ) => Promise<WayOutcome>;
};

const LIMIT_MS = 10_000;
const URGENCIES = { low: "low", normal: "normal", urgent: "critical" } as const;

const notifySend: Way = {
  by: "notify-send",
  show: (tools, { title, text, urgency }) => {
    // It reads \n, \074 and the like in the body, which would let markup in again.
    const body = escapeMarkup(text).replaceAll("\\", "\\\\");
    const args = ["notify-send", "--app-name=Muster", `--urgency=${URGENCIES[urgency]}`, "--", title, body];
    return showOnce(tools, args);
  },
};
const overBus: Way = {
  by: "D-Bus",
  show: (tools, message) => showOnce(tools, notifyCommand({ ...message, buttons: [] })),
};
const byDialog: Way = { by: "zenity", show: askByDialog };

const PLAIN: readonly Way[] = [notifySend, overBus, byDialog];
const WITH_BUTTONS: readonly Way[] = [{ by: "D-Bus", show: askOverBus }, byDialog, notifySend, overBus];

/** Shows the message on one desktop by the first way that works there; the buttons are left out before the message is. */
export async function showOnDesktop(
  tools: DesktopTools,
  message: MessageToShow,
  onShown: () => void,
  signal: AbortSignal,
): Promise<{ kind: "shown"; by: string; pressed: number | null } | { kind: "failed"; reason: string }> {
  const reasons: string[] = [];
  for (const { by, show } of message.buttons.length > 0 ? WITH_BUTTONS : PLAIN) {
    if (signal.aborted) return { kind: "failed", reason: "given up" };
    const outcome = await show(tools, message, onShown, signal);
    if (outcome.kind === "shown") return { ...outcome, by };
    reasons.push(`${by}: ${outcome.reason}`);
  }
  return { kind: "failed", reason: reasons.join("; ") };
}

async function showOnce(
  { commands, inDesktop }: DesktopTools,
  command: readonly string[],
): Promise<WayOutcome> {
  const { file, args } = inDesktop(command);
  const reason = commandFailure(await commands.run(file, args, { timeoutMs: LIMIT_MS }));
  return reason === null ? { kind: "shown", pressed: null } : { kind: "failed", reason };
}
