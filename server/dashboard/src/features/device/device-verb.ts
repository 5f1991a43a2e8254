/** What can be done with a device from its menu. */
export type DeviceVerb =
  | "rename"
  | "customer"
  | "class"
  | "maintenance"
  | "dependency"
  | "archive"
  | "restore"
  | "purge";
