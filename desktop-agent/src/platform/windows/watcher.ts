import type { Clock, Throughput } from "../ports.ts";
import type { FollowCommand } from "../run-command.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";
import { chargePercentOf } from "../reading-values.ts";
import { isObject, listField, numberField, parseJsonObject, textField } from "../json-fields.ts";
import { SYSTEM_BATTERIES } from "./system-batteries.ts";

const RESTART_MS = 60_000;
const MAX_AGE_MS = 60_000;

/** The long-running PowerShell: power events, and values that are at most a minute old. */
export type Watcher = {
  /** Starts the watcher when it is not running. Undefined until its first output, and when the last one is too old. */
  metrics(): WatcherMetrics | undefined;
  onPower(listener: (notice: WindowsPowerNotice) => void, note: (message: string) => void): () => void;
};

export function createWatcher(follow: FollowCommand, clock: Clock, agentPid: number): Watcher {
  const listeners = new Set<(notice: WindowsPowerNotice) => void>();
  let latest: { metrics: WatcherMetrics; atMs: number } | undefined;
  let running: { stop: () => void } | undefined;
  let retryAtMs = 0;
  let note: (message: string) => void = () => undefined;

  const onLine = (text: string) => {
    const line = parseWatcherLine(text);
    if (line === undefined) return;
    if (line.kind === "metrics") latest = { metrics: line, atMs: clock.monotonicMs() };
    const notice = powerNotice(line);
    if (notice !== undefined) for (const listener of listeners) listener(notice);
  };
  const onEnd = (reason: string) => {
    running = undefined;
    retryAtMs = clock.monotonicMs() + RESTART_MS;
    note(`There are no power notifications and no disk rates: ${reason}`);
  };
  const start = () => {
    if (running !== undefined || clock.monotonicMs() < retryAtMs) return;
    running = follow(POWERSHELL, powershellArguments(watcherScript(agentPid)), { onLine, onEnd });
  };

  return {
    metrics() {
      start();
      const isFresh = latest !== undefined && clock.monotonicMs() - latest.atMs < MAX_AGE_MS;
      return isFresh ? latest?.metrics : undefined;
    },
    onPower(listener, noteTo) {
      listeners.add(listener);
      note = noteTo;
      start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        running?.stop();
        running = undefined;
      };
    },
  };
}

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
      kind = 'metrics'
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
type WatcherMetrics = {
  kind: "metrics";
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
type WatcherLine = { kind: "power" | "shutdown"; code: number } | WatcherMetrics;

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
  if (kind !== "metrics") return undefined;
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

type WindowsPowerNotice = "about-to-sleep" | "woke" | "going-down";

// Win32_PowerManagementEvent: 4 entering suspend, 7 and 18 resumed. Win32_ComputerShutdownEvent: 0 log-off, 1 shutdown or restart.
function powerNotice(line: WatcherLine): WindowsPowerNotice | undefined {
  if (line.kind === "shutdown") return line.code === 1 ? "going-down" : undefined;
  if (line.kind !== "power") return undefined;
  if (line.code === 4) return "about-to-sleep";
  return line.code === 7 || line.code === 18 ? "woke" : undefined;
}
