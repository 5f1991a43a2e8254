import { basename } from "node:path";
import type { Mount } from "./parse-mountinfo.ts";
import { parseMountinfo } from "./parse-mountinfo.ts";
import { readMountinfo } from "./read-mountinfo.ts";
import type { SystemFiles } from "./system-files.ts";

/** Volumes on volumes: encryption below LVM below RAID is three. */
const DEEPEST = 6;
// Methods that open a volume without a user. A FIDO key or smart card must be touched or unlocked.
const BY_ITSELF = /^(tpm2-device|keyscript)=/;
/** Caches a password that somebody typed. */
const ASKS_ALL_THE_SAME = "keyscript=decrypt_keyctl";

/** Whether somebody has to type a password at the machine before its root file system can be read. */
export function asksDiskPassword(files: SystemFiles): boolean {
  const root = parseMountinfo(readMountinfo(files) ?? "").findLast(({ mountPoint }) => mountPoint === "/");
  const device = root && blockDevice(files, root);
  const volume = device && encryptedVolume(files, device, 0);
  return volume !== undefined && volume !== "" && asksFor(volume, files.read("/etc/crypttab") ?? "");
}

// A btrfs has a device number of its own that no disk has: there the source names the disk.
function blockDevice(files: SystemFiles, { device, source }: Mount): string | undefined {
  const found = files.resolve(`/sys/dev/block/${device}`) ?? files.resolve(source);
  return found && basename(found);
}

/** Name of the encrypted volume that the device lies on, undefined when it lies on none. */
function encryptedVolume(files: SystemFiles, device: string, depth: number): string | undefined {
  const folder = `/sys/class/block/${device}`;
  if (files.read(`${folder}/dm/uuid`)?.startsWith("CRYPT-")) return files.read(`${folder}/dm/name`)?.trim();
  if (depth === DEEPEST) return undefined;
  for (const below of files.list(`${folder}/slaves`)) {
    const volume = encryptedVolume(files, below, depth + 1);
    if (volume !== undefined) return volume;
  }
  return undefined;
}

/** The boot loader opened a volume that crypttab does not list: with a password. */
function asksFor(volume: string, crypttab: string): boolean {
  const line = crypttab
    .split("\n")
    .map((text) => text.trim().split(/\s+/))
    .find(([name]) => name === volume);
  const [, , keyFile = "none", options = ""] = line ?? [];
  if (keyFile !== "none" && keyFile !== "-" && !options.includes("keyscript=")) return false;
  const given = options.split(",");
  return given.includes(ASKS_ALL_THE_SAME) || !given.some((option) => BY_ITSELF.test(option));
}
