import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findMissingPlatforms, type Lock } from "./missing-platforms.ts";

const file = path.join(import.meta.dirname, "..", "..", "package-lock.json");
const lock: Lock = JSON.parse(readFileSync(file, "utf8"));
const missing = findMissingPlatforms(lock);
const packages = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) =>
  a.localeCompare(b, "en"),
);
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(`${Object.keys(missing).length} packages for other systems added to package-lock.json`);
