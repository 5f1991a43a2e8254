import { readFile } from "node:fs/promises";
import plist, { type PlistObject, type PlistValue } from "plist";

/** Reads the metadata of a bundle. Rejects when the file is not a dictionary. */
export async function readInfoPlist(file: string): Promise<PlistObject> {
  const value = plist.parse(await readFile(file, "utf8"));
  if (!isDictionary(value)) throw new Error(`${file} is not a dictionary.`);
  return value;
}

function isDictionary(value: PlistValue): value is PlistObject {
  const isObject = typeof value === "object" && value !== null;
  return isObject && !Array.isArray(value) && !(value instanceof Date) && !Buffer.isBuffer(value);
}
