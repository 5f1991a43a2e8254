import type { MeasurableMount } from "../file-system-probe.ts";
import { isObject, listField, numberField, parseJsonObject, textField } from "../json-fields.ts";
import { SYSTEM_BATTERIES } from "./system-batteries.ts";

/** Reads the hardware and system from CIM in a single PowerShell run of one to three seconds. */
export const CIM_SCRIPT = `
$os = Get-CimInstance Win32_OperatingSystem
$machine = Get-CimInstance Win32_ComputerSystem
$product = Get-CimInstance Win32_ComputerSystemProduct
$cpu = @(Get-CimInstance Win32_Processor)
$batteries = ${SYSTEM_BATTERIES}
$adapters = @(Get-CimInstance -Namespace root/StandardCimv2 MSFT_NetAdapter -Filter 'HardwareInterface=TRUE')
ConvertTo-Json -Compress -Depth 4 @{
  caption = $os.Caption; version = $os.Version; build = $os.BuildNumber
  bootedAtMs = [int64]($os.LastBootUpTime.ToUniversalTime() - [datetime]'1970-01-01').TotalMilliseconds
  isServer = $os.ProductType -ne 1
  manufacturer = $machine.Manufacturer; model = $machine.Model
  serial = (Get-CimInstance Win32_BIOS).SerialNumber; uuid = $product.UUID
  chassis = @((Get-CimInstance Win32_SystemEnclosure).ChassisTypes)
  cpu = $cpu[0].Name
  cores = ($cpu | Measure-Object NumberOfCores -Sum).Sum
  threads = ($cpu | Measure-Object NumberOfLogicalProcessors -Sum).Sum
  hasBattery = $batteries.Count -gt 0
  adapters = @($adapters | ForEach-Object { $_.Name })
  systemDrive = $os.SystemDrive
  drives = @(Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=2 or DriveType=3' |
    ForEach-Object {
      @{ id = $_.DeviceID; type = $_.FileSystem; isFixed = $_.DriveType -eq 3; label = $_.VolumeName; sizeBytes = $_.Size }
    })
}`;

export type Drive = {
  id: string;
  type: string | undefined;
  isFixed: boolean;
  label: string | undefined;
  sizeBytes: number | undefined;
};

export type CimSnapshot = {
  caption: string | undefined;
  version: string | undefined;
  build: string | undefined;
  bootedAtMs: number | undefined;
  isServer: boolean;
  manufacturer: string | undefined;
  model: string | undefined;
  serial: string | undefined;
  uuid: string | undefined;
  /** SMBIOS numbers. */
  chassis: number[];
  cpu: string | undefined;
  cores: number | undefined;
  threads: number | undefined;
  hasBattery: boolean;
  /** Names of the network adapters that are hardware, as `os.networkInterfaces()` names them too. */
  adapters: string[];
  /** "C:" */
  systemDrive: string | undefined;
  drives: Drive[];
};

const MAX_CORES = 4096;
const MAX_EPOCH_MS = 8.64e15;
const MAX_DRIVE_BYTES = 2 ** 64;

/** Reads what `CIM_SCRIPT` prints. A field of the wrong kind is left out; undefined when it is no answer at all. */
export function parseCimSnapshot(output: string): CimSnapshot | undefined {
  const answer = parseJsonObject(output);
  if (answer === undefined) return undefined;
  return {
    caption: textField(answer, "caption"),
    version: textField(answer, "version"),
    build: textField(answer, "build"),
    bootedAtMs: numberField(answer, "bootedAtMs", MAX_EPOCH_MS),
    isServer: answer.isServer === true,
    manufacturer: textField(answer, "manufacturer"),
    model: textField(answer, "model"),
    serial: textField(answer, "serial"),
    uuid: textField(answer, "uuid"),
    chassis: listField(answer, "chassis").filter((type) => typeof type === "number"),
    cpu: textField(answer, "cpu"),
    cores: numberField(answer, "cores", MAX_CORES),
    threads: numberField(answer, "threads", MAX_CORES),
    hasBattery: answer.hasBattery === true,
    adapters: listField(answer, "adapters").filter((name) => typeof name === "string"),
    systemDrive: textField(answer, "systemDrive"),
    drives: listField(answer, "drives").flatMap((drive) => toDrive(drive) ?? []),
  };
}

// The letter becomes a path, so it has to be one.
function toDrive(value: unknown): Drive | undefined {
  if (!isObject(value)) return undefined;
  const id = textField(value, "id");
  if (id === undefined || !/^[A-Z]:$/.test(id)) return undefined;
  return {
    id,
    type: textField(value, "type"),
    isFixed: value.isFixed === true,
    label: textField(value, "label"),
    sizeBytes: numberField(value, "sizeBytes", MAX_DRIVE_BYTES),
  };
}

/** The fixed drives as they are mounted: "C:\\". */
export function fixedDrives({ drives }: CimSnapshot): MeasurableMount[] {
  return drives.filter(({ isFixed }) => isFixed).map(toMount);
}

/** The fixed drives to measure: without partitions of firmware, manufacturer and recovery, which are full by design. */
export function measuredDrives({ drives, systemDrive }: CimSnapshot): MeasurableMount[] {
  return drives
    .filter((drive) => drive.isFixed && (drive.id === systemDrive || !isFullByDesign(drive)))
    .map(toMount);
}

const toMount = ({ id, type }: Drive): MeasurableMount => ({ mount: `${id}\\`, type: type ?? "unknown" });

const MIN_MEASURED_BYTES = 2e9;
// Labels that Windows and computer manufacturers give to such partitions, in several languages.
const FULL_BY_DESIGN =
  /recovery|recuper|récup|wiederherst|восстанов|restore|\bwinre|system[ _-]?(reserv|réserv)|^(reservado|réservé|зарезервировано)|^(system_?drv|hp_tools|oem|pbr|push.?button|image|diags?|efi|esp|lrs_esp)\b/iu;

function isFullByDesign({ label, sizeBytes }: Drive): boolean {
  return FULL_BY_DESIGN.test(label ?? "") || (sizeBytes !== undefined && sizeBytes < MIN_MEASURED_BYTES);
}
