import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const electron = path.join(import.meta.dirname, "../../node_modules/electron");

/** ELECTRON_PATH, else the program of Electron that its package's install script brought; null where that script has not run. */
export function findElectron(): string | null {
  const given = process.env["ELECTRON_PATH"];
  if (given) return given;
  const named = path.join(electron, "path.txt");
  if (!existsSync(named)) return null;
  const program = path.join(electron, "dist", readFileSync(named, "utf8"));
  return existsSync(program) ? program : null;
}
