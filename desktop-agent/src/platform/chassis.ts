// SMBIOS specification 3.7, table 17, from number 1 on.
const WORDS = [
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

const SAYING_NOTHING = new Set(["other", "unknown"]);

/** The word for an SMBIOS chassis type number; undefined when it says nothing. The highest bit (a lock) does not matter. */
export function chassisWord(type: number | undefined): string | undefined {
  const word = type === undefined ? undefined : WORDS[(type & 0x7f) - 1];
  return word === undefined || SAYING_NOTHING.has(word) ? undefined : word;
}
