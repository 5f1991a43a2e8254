/** The command line that began this process. As a single file Node puts the program where a script would be named. */
export function selfCommand(): { file: string; args: string[] } {
  const { execPath, execArgv, argv } = process;
  const isSingleFile = process.getBuiltinModule("node:sea").isSea();
  return { file: execPath, args: [...execArgv, ...argv.slice(isSingleFile ? 2 : 1)] };
}
