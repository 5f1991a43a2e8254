import { commandFailure } from "../command-failure.ts";
import type { MessagePort, MessageToShow } from "../ports.ts";
import type { Commands, FollowCommand } from "../run-command.ts";
import { printableMessage, type ShowInSession, showInSessions } from "../show-in-sessions.ts";
import type { ShowByNotifier } from "../show-by-notifier.ts";
import { parseLockedSessions, parseSessions, type WindowsSession } from "./windows-sessions.ts";
import { POWERSHELL, POWERSHELL_ID, powershellArguments } from "./run-powershell.ts";

const LIMIT_MS = 10_000;
const TOAST_LIMIT_MS = 30_000;
const STAYS_S = 600;

/**
 * Messages in every session: from a service by `msg`, in the agent's own session as a toast, or a window when there are buttons.
 * @param ownUser the account that the agent runs as; SYSTEM is a service.
 * @param byNotifier shows it in the agent's own session, or by the given means where that fails
 */
export function createWindowsMessages(
  { run, follow }: Commands,
  ownUser: string,
  byNotifier: ShowByNotifier = (_message, _user, own) => own,
): MessagePort {
  const isService = ownUser.toUpperCase() === "SYSTEM";

  const byMsg = (message: MessageToShow, { user, id }: WindowsSession): ShowInSession => {
    // Starts with our own name: a text that begins with "/" would be an option.
    const text = `Muster: ${message.title}\r\n\r\n${message.text.replaceAll("\n", "\r\n")}`;
    return async () => {
      const result = await run("msg.exe", [String(id), `/TIME:${STAYS_S}`, text], { timeoutMs: LIMIT_MS });
      const reason =
        result.kind === "not-found" ? "this edition of Windows has no msg" : commandFailure(result);
      return reason === null
        ? { kind: "shown", user, by: "msg", pressed: null }
        : { kind: "not-shown", user, reason };
    };
  };
  const byToast = (message: MessageToShow): ShowInSession => {
    const args = powershellArguments(toastScript(message));
    return async () => {
      const reason = commandFailure(await run(POWERSHELL, args, { timeoutMs: TOAST_LIMIT_MS }));
      return reason === null
        ? { kind: "shown", user: ownUser, by: "toast", pressed: null }
        : { kind: "not-shown", user: ownUser, reason };
    };
  };
  const inSession = (message: MessageToShow, session: WindowsSession, isLocked: boolean): ShowInSession => {
    const { user, isConnected } = session;
    if (!isConnected || isLocked) {
      return async () => ({ kind: "not-shown", user, reason: isConnected ? "locked" : "disconnected" });
    }
    if (isService) return byMsg(message, session);
    if (!isSameUser(user, ownUser)) {
      return async () => ({ kind: "not-shown", user, reason: "only a service can show it to another user" });
    }
    return inOwnSession(message, user);
  };
  const inOwnSession = (message: MessageToShow, user: string): ShowInSession =>
    byNotifier(
      message,
      user,
      message.buttons.length > 0 ? askByWindow(follow, message, user) : byToast(message),
    );

  return {
    async show(asked, onShown, signal, except = []) {
      const message = printableMessage(asked);
      const quser = await run("quser.exe", [], { timeoutMs: LIMIT_MS });
      if (quser.kind === "not-found") {
        const shows = isAmong(ownUser, except) ? [] : [withoutQuser(message)];
        return showInSessions(asked.buttons, shows, onShown, signal);
      }
      // Its exit code is 1 also after it has printed the sessions, and when there are none.
      const sessions = parseSessions(quser.kind === "exited" ? quser.stdout : "");
      const tasks = await run("tasklist.exe", LOCK_QUERY, { timeoutMs: LIMIT_MS });
      const locked = parseLockedSessions(tasks.kind === "exited" ? tasks.stdout : "");
      const meant = sessions.filter(({ user }) => !isAmong(user, except));
      const shows = meant.map((session) => inSession(message, session, locked.has(session.id)));
      return showInSessions(asked.buttons, shows, onShown, signal);
    },
  };

  // Home editions: an agent in a session shows it there, a service cannot reach any user.
  function withoutQuser(message: MessageToShow): ShowInSession {
    if (!isService) return inOwnSession(message, ownUser);
    const reason = "this edition of Windows has no msg, and a service has no other way";
    return async () => ({ kind: "not-shown", user: "everybody", reason });
  }
}

const LOCK_QUERY = ["/FI", "IMAGENAME eq LogonUI.exe", "/FO", "CSV", "/NH"];

// quser names an account without its domain.
function isAmong(user: string, users: readonly string[]): boolean {
  return users.some((other) => isSameUser(user, other.slice(other.lastIndexOf("\\") + 1)));
}

function isSameUser(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A window of PowerShell with the message's buttons, in the session that the agent runs in. */
function askByWindow(follow: FollowCommand, message: MessageToShow, user: string): ShowInSession {
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

/** Shows a toast under PowerShell's own name, which every Windows has registered. Fails when the user has switched toasts off. */
export function toastScript(message: MessageToShow): string {
  return `${readMessage(message)}
$ErrorActionPreference = 'Stop'
$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$null = [Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom, ContentType = WindowsRuntime]
$xml = New-Object Windows.Data.Xml.Dom.XmlDocument
$xml.LoadXml('<toast><visual><binding template="ToastGeneric"><text/><text/></binding></visual></toast>')
if ($message.urgency -eq 'urgent') { $xml.DocumentElement.SetAttribute('scenario', 'reminder') }
$lines = $xml.GetElementsByTagName('text')
$null = $lines.Item(0).AppendChild($xml.CreateTextNode($message.title))
$null = $lines.Item(1).AppendChild($xml.CreateTextNode($message.text))
$notifier = [Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('${POWERSHELL_ID}')
if ("$($notifier.Setting)" -ne 'Enabled') { [Console]::Error.WriteLine("toasts are off: $($notifier.Setting)"); exit 3 }
$notifier.Show((New-Object Windows.UI.Notifications.ToastNotification $xml))
`;
}

/**
 * Opens a window with the buttons. Prints "shown", then the index of the pressed button. The window is brought back once:
 * the agent starts programs hidden, and Windows hides the first window of such a program.
 */
export function dialogScript(message: MessageToShow): string {
  return `${readMessage(message)}
Add-Type -AssemblyName System.Windows.Forms
$form = New-Object Windows.Forms.Form -Property @{
  Text = $message.title; TopMost = $true; StartPosition = 'CenterScreen'; AutoSize = $true
  FormBorderStyle = 'FixedDialog'; MaximizeBox = $false; MinimizeBox = $false
}
$rows = New-Object Windows.Forms.FlowLayoutPanel -Property @{ FlowDirection = 'TopDown'; AutoSize = $true; Padding = 12 }
$size = New-Object Drawing.Size 480, 0
$rows.Controls.Add((New-Object Windows.Forms.Label -Property @{
  Text = $message.text; AutoSize = $true; MaximumSize = $size; UseMnemonic = $false }))
$buttons = New-Object Windows.Forms.FlowLayoutPanel -Property @{ AutoSize = $true }
for ($i = 0; $i -lt $message.buttons.Count; $i++) {
  $button = New-Object Windows.Forms.Button -Property @{
    Text = $message.buttons[$i]; AutoSize = $true; UseMnemonic = $false; Tag = $i }
  $button.Add_Click({ [Console]::Out.WriteLine($this.Tag); $form.Close() })
  $buttons.Controls.Add($button)
}
$rows.Controls.Add($buttons)
$form.Controls.Add($rows)
$form.Add_Shown({
  $form.WindowState = 'Minimized'; $form.WindowState = 'Normal'; $form.Activate()
  [Console]::Out.WriteLine('shown')
})
$null = $form.ShowDialog()
`;
}

// The alphabet of base64 has nothing that a script could take for code.
function readMessage({ title, text, urgency, buttons }: MessageToShow): string {
  const json = Buffer.from(JSON.stringify({ title, text, urgency, buttons })).toString("base64");
  return `$message = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${json}')))`;
}
