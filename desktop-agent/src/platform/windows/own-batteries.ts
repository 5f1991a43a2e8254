/**
 * PowerShell for the batteries that run this machine. A UPS, a mouse or a headset is listed beside them and hangs on USB or Bluetooth; a
 * battery of the machine itself is on the firmware's bus (ACPI\PNP0C0A).
 */
export const OWN_BATTERIES =
  "@(Get-CimInstance Win32_Battery | Where-Object { $_.PNPDeviceID -notmatch '^(HID|USB|BTH)' })";
