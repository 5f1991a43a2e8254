import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The scripts that are the agent: in a clone by its command or directly, in an archive for macOS the bundle. */
const AGENT_SCRIPT = /[\\/](?:muster-agent\.[cm]js|headless[\\/]main\.ts)$/;
const BUNDLE = /[\\/]muster-agent\.cjs$/;

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
  const isAgent = script !== undefined && AGENT_SCRIPT.test(script);
  return isAgent && process.versions["electron"] === undefined
    ? { file: execPath, args: [...process.execArgv, script, ...probe] }
    : undefined;
}

/** The helper program that a package has beside this one; undefined where there is none, as in the tray and in a checkout. */
export function helperBeside(name: string): string | undefined {
  const isPackaged = process.getBuiltinModule("node:sea").isSea() || BUNDLE.test(process.argv[1] ?? "");
  if (!isPackaged) return undefined;
  const helper = join(dirname(process.execPath), name);
  return existsSync(helper) ? helper : undefined;
}
