// SMBIOS specification 3.7, table 17, from number 1 on.
const CHASSIS_NAMES = [
  "other",
  "unknown",
  "desktop",
  "low-profile desktop",
  "pizza box",
  "mini tower",
  "tower",
  "portable",
  "laptop",
  "notebook",
  "hand held",
  "docking station",
  "all-in-one",
  "sub-notebook",
  "space-saving",
  "lunch box",

  "server",
  "expansion chassis",
  "sub-chassis",
  "bus expansion",
  "peripheral",
  "RAID",
  "rack mount",
  "sealed case",

  "multi-system",
  "CompactPCI",
  "AdvancedTCA",
  "blade",
  "blade enclosure",
  "tablet",
  "convertible",
  "detachable",
  "IoT gateway",
  "embedded",
  "mini PC",
  "stick PC",
];

const MEANINGLESS_NAMES = new Set(["other", "unknown"]);

/** The name of an SMBIOS chassis type; undefined for "other" and "unknown". Ignores the highest bit, which marks a lock. */
export function chassisName(type: number | undefined): string | undefined {
  const word = type === undefined ? undefined : CHASSIS_NAMES[(type & 0x7f) - 1];
  return word === undefined || MEANINGLESS_NAMES.has(word) ? undefined : word;
}
