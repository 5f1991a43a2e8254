import { ownCommand } from "./own-command.ts";

/**
 * Begins this program anew in the same process: same number, same terminal, same parent. Not on Windows.
 * @throws when the system does not take it
 */
export function replaceProcess(): void {
  const { file, args } = ownCommand();
  process.execve?.(file, [file, ...args], process.env);
}
