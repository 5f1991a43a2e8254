/**
 * The scheduled task that starts the agent as SYSTEM at startup, as Task Scheduler imports it: a file of UTF-16 with its mark. Why it is no
 * Windows service: docs/decisions/0062-agent-package-layout.md
 */
export function taskDefinition(launcher: string, commandProcessor: string): Buffer {
  const xml = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Keeps Muster's agent running.</Description></RegistrationInfo>
  <Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>
  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec><Command>${escapeXml(commandProcessor)}</Command><Arguments>/d /c ""${escapeXml(launcher)}""</Arguments></Exec>
  </Actions>
</Task>
`;
  return Buffer.from(`\ufeff${xml.replaceAll("\n", "\r\n")}`, "utf16le");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
