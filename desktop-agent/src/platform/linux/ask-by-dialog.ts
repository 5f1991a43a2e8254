import type { MessageToShow } from "../ports.ts";
import { escapeMarkup } from "./notification-bus.ts";
import type { DesktopTools, WayOutcome } from "./desktop-tools.ts";

const STAYS_S = 600;
const SETTLED_MS = 1_500;

/** A window by zenity. It counts as shown when it is still open after a moment: without a display zenity exits immediately. */
export async function askByDialog(
  { commands, clock, inDesktop }: DesktopTools,
  message: MessageToShow,
  onShown: () => void,
  signal: AbortSignal,
): Promise<WayOutcome> {
  const labels = message.buttons.map((label) => label.replaceAll("_", "__"));
  const isQuestion = labels.length > 0;
  const settled = Promise.withResolvers<"stands">();
  const answered = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<string>();
  const { file, args } = inDesktop(dialogCommand(message, labels));
  const dialog = commands.follow(file, args, {
    onLine: (line) => {
      const button = labels.indexOf(line);
      if (button >= 0) answered.resolve(button);
    },
    onEnd: (reason) => ended.resolve(reason),
  });
  const stopTimer = clock.after(SETTLED_MS, () => settled.resolve("stands"));
  const giveUp = () => ended.resolve("given up");
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    const first = await Promise.race([answered.promise, settled.promise, ended.promise]);
    if (typeof first === "number") return { kind: "shown", pressed: first };
    if (first !== "stands" && !isPressed(first)) return { kind: "failed", reason: failure(first) };
    onShown();
    if (!isQuestion) return { kind: "shown", pressed: null };
    const last = await Promise.race([answered.promise, ended.promise]);
    return { kind: "shown", pressed: typeof last === "number" ? last : null };
  } finally {
    stopTimer();
    signal.removeEventListener("abort", giveUp);
    if (isQuestion) dialog.stop();
  }
}

// Markup and, as in notify-send, backslash sequences are read in the text; an underscore in a label marks its key.
function dialogCommand({ title, text }: MessageToShow, labels: readonly string[]): string[] {
  const kind = labels.length > 0 ? ["--question", "--switch"] : ["--info"];
  return [
    "zenity",
    ...kind,
    `--title=${title}`,
    `--text=${escapeMarkup(text).replaceAll("\\", "&#92;")}`,
    "--width=420",
    `--timeout=${STAYS_S}`,
    ...labels.map((label) => `--extra-button=${label}`),
  ];
}

// 0: the user pressed OK.
function isPressed(reason: string): boolean {
  return reason.endsWith(" ended with 0");
}

function failure(reason: string): string {
  if (reason.endsWith(" ended with 127") || reason.includes("ENOENT")) return "not installed";
  return reason === "given up" ? reason : "no display";
}
