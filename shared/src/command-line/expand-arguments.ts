import type { CommandSpec } from "./command-spec.ts";

/**
 * Arguments with the usual ways to ask for version and help as commands: `--version` is `version`, and `help org create` is
 * `org create --help`. No arguments ask for help.
 */
export function expandArguments(argv: readonly string[], program: CommandSpec): string[] {
  const [first, ...others] = argv;
  if (first === undefined) return ["--help"];
  if (first === "--version" || first === "-V") return ["version", ...others];
  // A name that does not exist is refused with the nearest one, instead of showing the help of its parent.
  if (first === "help") return isPath(others, program) ? [...others, "--help"] : others;
  return [...argv];
}

function isPath(names: readonly string[], command: CommandSpec): boolean {
  const [first, ...others] = names;
  if (first === undefined) return true;
  const inner = command.commands.find(({ name }) => name === first);
  return inner !== undefined && isPath(others, inner);
}
