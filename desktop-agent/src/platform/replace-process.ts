/**
 * Begins this program anew in the same process: same number, same terminal, same parent. Not on Windows.
 * @throws when the system does not take it
 */
export function replaceProcess(): void {
  const { execPath, execArgv, argv, env } = process;
  process.execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)], env);
}
