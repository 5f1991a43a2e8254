import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The command line that began this process. As a single file Node puts the program where a script would be named. */
export function selfCommand(): { file: string; args: string[] } {
  const { execPath, execArgv, argv } = process;
  const isSingleFile = process.getBuiltinModule("node:sea").isSea();
  return { file: execPath, args: [...execArgv, ...argv.slice(isSingleFile ? 2 : 1)] };
}

/**
 * What runs the hardware probe: a hidden command of this program. Undefined where this process was not started as `muster-agent`, as in the
 * tray and in tests.
 */
export function probeCommand(): { file: string; args: string[] } | undefined {
  const { execPath, argv } = process;
  const probe = ["probe", "inventory"];
  if (process.getBuiltinModule("node:sea").isSea()) return { file: execPath, args: probe };
  const script = argv[1];
  const isAgent = script !== undefined && /[\\/](?:muster-agent\.mjs|headless[\\/]main\.ts)$/.test(script);
  return isAgent && process.versions["electron"] === undefined
    ? { file: execPath, args: [...process.execArgv, script, ...probe] }
    : undefined;
}

/** The helper program that a package has beside this one; undefined where there is none, as in the tray and in a checkout. */
export function helperBeside(name: string): string | undefined {
  if (!process.getBuiltinModule("node:sea").isSea()) return undefined;
  const helper = join(dirname(process.execPath), name);
  return existsSync(helper) ? helper : undefined;
}
