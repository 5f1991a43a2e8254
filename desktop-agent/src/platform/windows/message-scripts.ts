import type { MessageToShow } from "../ports.ts";

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

const POWERSHELL_ID = "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe";

// The alphabet of base64 has nothing that a script could take for code.
function readMessage({ title, text, urgency, buttons }: MessageToShow): string {
  const json = Buffer.from(JSON.stringify({ title, text, urgency, buttons })).toString("base64");
  return `$message = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${json}')))`;
}
