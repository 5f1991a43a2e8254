/**
 * PowerShell expression for the batteries that power this machine. Windows also lists a UPS, a mouse or a headset, which are connected
 * by USB or Bluetooth; the machine's own battery is an ACPI device (ACPI\PNP0C0A).
 */
export const SYSTEM_BATTERIES =
  "@(Get-CimInstance Win32_Battery | Where-Object { $_.PNPDeviceID -notmatch '^(HID|USB|BTH)' })";
