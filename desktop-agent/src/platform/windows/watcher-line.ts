import { chargePercentOf } from "../reading-values.ts";
import type { Throughput } from "../ports.ts";
import { isObject, listField, numberField, parseJsonObject, textField } from "./json-fields.ts";
import { SYSTEM_BATTERIES } from "./system-batteries.ts";

/**
 * The script of the long-running watcher. It waits for power events and prints the values of CIM every 15 s. It exits when the agent
 * with the given pid has exited.
 */
export function watcherScript(agentPid: number): string {
  return `
Register-CimIndicationEvent -ClassName Win32_PowerManagementEvent -SourceIdentifier power
Register-CimIndicationEvent -ClassName Win32_ComputerShutdownEvent -SourceIdentifier shutdown
while (Get-Process -Id ${agentPid}) {
  $event = Wait-Event -Timeout 15
  if ($event) {
    $event | ForEach-Object {
      $new = $_.SourceEventArgs.NewEvent
      $code = if ($_.SourceIdentifier -eq 'power') { $new.EventType } else { $new.Type }
      ConvertTo-Json -Compress @{ kind = $_.SourceIdentifier; code = [int]$code }
      Remove-Event -EventIdentifier $_.EventIdentifier
    }
  } else {
    $disk = Get-CimInstance Win32_PerfRawData_PerfDisk_PhysicalDisk -Filter "Name='_Total'"
    $batteries = ${SYSTEM_BATTERIES}
    $adapters = @(Get-CimInstance -Namespace root/StandardCimv2 MSFT_NetAdapterStatisticsSettingData)
    $page = @(Get-CimInstance Win32_PageFileUsage)
    ConvertTo-Json -Compress -Depth 3 @{
      kind = 'figures'
      diskRead = $disk.DiskReadBytesPersec; diskWritten = $disk.DiskWriteBytesPersec
      swapTotalMiB = ($page | Measure-Object AllocatedBaseSize -Sum).Sum
      swapUsedMiB = ($page | Measure-Object CurrentUsage -Sum).Sum
      batteryPercent = ($batteries | Measure-Object EstimatedChargeRemaining -Average).Average
      adapters = @($adapters | ForEach-Object { @{ name = $_.Name; received = $_.ReceivedBytes; sent = $_.SentBytes } })
      user = (Get-CimInstance Win32_ComputerSystem).UserName
    }
  }
}`;
}

/** Current values; what CIM did not report is missing. Disk bytes are counted since boot. */
export type WatcherMetrics = {
  kind: "figures";
  diskRead?: number;
  diskWritten?: number;
  swapTotalMiB?: number;
  swapUsedMiB?: number;
  batteryPercent?: number;
  /** Bytes of each network adapter since boot, hardware or not. */
  adapters: Map<string, Throughput>;
  /** "DOMAIN\\name" of the user at the console. */
  user?: string;
};
export type WatcherLine = { kind: "power" | "shutdown"; code: number } | WatcherMetrics;

const MAX_COUNT = 2 ** 64;

/** Reads a line of the watcher; undefined for anything else. */
export function parseWatcherLine(line: string): WatcherLine | undefined {
  const fields = parseJsonObject(line);
  if (fields === undefined) return undefined;
  const { kind } = fields;
  if (kind === "power" || kind === "shutdown") {
    const code = numberField(fields, "code", 65_535);
    return code === undefined ? undefined : { kind, code };
  }
  if (kind !== "figures") return undefined;
  return {
    kind,
    diskRead: numberField(fields, "diskRead", MAX_COUNT),
    diskWritten: numberField(fields, "diskWritten", MAX_COUNT),
    swapTotalMiB: numberField(fields, "swapTotalMiB", MAX_COUNT),
    swapUsedMiB: numberField(fields, "swapUsedMiB", MAX_COUNT),
    batteryPercent: chargePercentOf(numberField(fields, "batteryPercent", MAX_COUNT)),
    user: textField(fields, "user"),
    adapters: readAdapters(listField(fields, "adapters")),
  };
}

function readAdapters(list: readonly unknown[]): Map<string, Throughput> {
  const adapters = new Map<string, Throughput>();
  for (const entry of list) {
    if (!isObject(entry)) continue;
    const name = textField(entry, "name");
    const inBytes = numberField(entry, "received", MAX_COUNT);
    const outBytes = numberField(entry, "sent", MAX_COUNT);
    if (name !== undefined && inBytes !== undefined && outBytes !== undefined)
      adapters.set(name, { inBytes, outBytes });
  }
  return adapters;
}

export type WindowsPowerNotice = "about-to-sleep" | "woke" | "going-down";

// Win32_PowerManagementEvent: 4 entering suspend, 7 and 18 resumed. Win32_ComputerShutdownEvent: 0 log-off, 1 shutdown or restart.
export function powerNotice(line: WatcherLine): WindowsPowerNotice | undefined {
  if (line.kind === "shutdown") return line.code === 1 ? "going-down" : undefined;
  if (line.kind !== "power") return undefined;
  if (line.code === 4) return "about-to-sleep";
  return line.code === 7 || line.code === 18 ? "woke" : undefined;
}
