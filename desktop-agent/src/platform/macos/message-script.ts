import type { MessageToShow } from "../ports.ts";

const OSASCRIPT = "/usr/bin/osascript";
const STAYS_S = 600;
// What a dialog of AppleScript can hold.
const MAX_DIALOG_BUTTONS = 3;

const NOTIFICATION = ["display notification (item 2 of argv) with title (item 1 of argv)"];
const DIALOG = [
  "activate",
  `set answer to display dialog (item 2 of argv) with title (item 1 of argv) buttons (items 3 thru -1 of argv) giving up after ${STAYS_S}`,
  "return button returned of answer",
];
const LIST = [
  "activate",
  "set answer to choose from list (items 3 thru -1 of argv) with title (item 1 of argv) with prompt (item 2 of argv)",
  'if answer is false then return ""',
  "return item 1 of answer",
];

/** Whether somebody has to answer before it ends: a window rather than a notification. */
export function isWindow({ urgency, buttons }: MessageToShow): boolean {
  return urgency === "urgent" || buttons.length > 0;
}

/** The command that shows a message. Its texts are arguments of the script, never a part of it. */
export function messageCommand(message: MessageToShow): string[] {
  const { title, text, buttons } = message;
  const lines = ["on run argv", ...scriptFor(message), "end run"];
  const labels = isWindow(message) && buttons.length === 0 ? ["OK"] : buttons;
  return [OSASCRIPT, ...lines.flatMap((line) => ["-e", line]), "--", title, text, ...labels];
}

function scriptFor(message: MessageToShow): string[] {
  if (!isWindow(message)) return NOTIFICATION;
  return message.buttons.length > MAX_DIALOG_BUTTONS ? LIST : DIALOG;
}
