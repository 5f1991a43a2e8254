import { readFileSync } from "node:fs";

/** Reads a fixture beside the test: `readFixture(import.meta.url, "mount.txt")`. */
export function readFixture(testUrl: string, name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, testUrl), "utf8");
}
