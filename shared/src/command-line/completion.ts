import { type CommandSpec, listCommands, type OptionSpec } from "./command-spec.ts";

export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/** A script that teaches a shell the commands, options and values of a program. */
export function completionScript(shell: Shell, program: CommandSpec): string {
  switch (shell) {
    case "bash":
      return bashScript(program);
    case "zsh":
      return zshScript(program);
    case "fish":
      return fishScript(program);
    case "powershell":
      return powershellScript(program);
  }
}

/** Where a command is complete enough to be part of the path, for the `case` of bash and zsh. */
function pathPatterns(program: CommandSpec): string {
  return paths(program)
    .filter((path) => path !== "")
    .map(quoted)
    .join(" | ");
}

function paths(program: CommandSpec): string[] {
  return listCommands(program).map(({ path }) => path);
}

function bashScript(program: CommandSpec): string {
  const { name } = program;
  const words = listCommands(program).map(
    ({ path, command }) => `    ${quoted(path)}) words=${quoted(wordsOf(command).join(" "))} ;;`,
  );
  const values = valueOptions(program).map(({ long, values: choices }) => {
    const offer =
      choices.length === 0 ? "" : `COMPREPLY=($(compgen -W ${quoted(choices.join(" "))} -- "$current")); `;
    return `    ${long}) ${offer}return ;;`;
  });
  return `# Completion of ${name} for bash.
_${id(name)}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" command="" next words="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${command:+$command }\${COMP_WORDS[i]}"
    case "$next" in
    ${pathPatterns(program)}) command="$next" ;;
    esac
  done
  case "$previous" in
${values.join("\n")}
  esac
  case "$command" in
${words.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${id(name)} ${name}
`;
}

function zshScript(program: CommandSpec): string {
  const { name } = program;
  const entries = listCommands(program).map(({ path, command }) => {
    const described = [
      ...command.commands.map((inner) => `${inner.name}:${inner.description}`),
      ...command.values,
      ...command.options.map(({ long, description }) => `${long}:${description}`),
    ];
    return `    ${quoted(path)}) entries=(${described.map(quoted).join(" ")}) ;;`;
  });
  const values = valueOptions(program).map(({ long, values: choices }) => {
    const offer = choices.length === 0 ? "_files" : `compadd -- ${choices.join(" ")}`;
    return `    ${long}) ${offer}; return ;;`;
  });
  return `#compdef ${name}
# Completion of ${name} for zsh.
_${id(name)}() {
  local -a entries
  local command="" next i
  for ((i = 2; i < CURRENT; i++)); do
    next="\${command:+$command }\${words[i]}"
    case "$next" in
    ${pathPatterns(program)}) command="$next" ;;
    esac
  done
  case "\${words[CURRENT - 1]}" in
${values.join("\n")}
  esac
  case "$command" in
${entries.join("\n")}
  esac
  _describe ${quoted(name)} entries || _files
}
compdef _${id(name)} ${name}
`;
}

function fishScript(program: CommandSpec): string {
  const { name } = program;
  const at = `__${id(name)}_at`;
  const lines = listCommands(program).flatMap(({ path, command }) => {
    const start = `complete -c ${name} -n ${quoted(`${at} "${path}"`)}`;
    return [
      ...command.commands.map((inner) => `${start} -f -a ${inner.name} -d ${quoted(inner.description)}`),
      ...command.values.map((value) => `${start} -f -a ${value}`),
      ...command.options.map(({ long, description, takesValue, values }) => {
        const value = values.length > 0 ? ` -x -a ${quoted(values.join(" "))}` : takesValue ? " -r" : "";
        return `${start} -l ${long.slice(2)} -d ${quoted(description)}${value}`;
      }),
    ];
  });
  return `# Completion of ${name} for fish.
function ${at}
  set -l command ""
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$command $word")
    switch "$next"
      case ${paths(program)
        .filter((path) => path !== "")
        .map(quoted)
        .join(" ")}
        set command "$next"
    end
  end
  test "$command" = "$argv[1]"
end
${lines.join("\n")}
`;
}

function powershellScript(program: CommandSpec): string {
  const { name } = program;
  const words = listCommands(program).map(
    ({ path, command }) => `    ${psQuoted(path)} = @(${wordsOf(command).map(psQuoted).join(", ")})`,
  );
  return `# Completion of ${name} for PowerShell.
Register-ArgumentCompleter -Native -CommandName ${name} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $known = @{
${words.join("\n")}
  }
  $command = ''
  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $next = ("$command " + $element.ToString()).Trim()
    if ($known.ContainsKey($next)) { $command = $next }
  }
  $known[$command] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function wordsOf({ commands, values, options }: CommandSpec): string[] {
  return [...commands.map(({ name }) => name), ...values, ...options.map(({ long }) => long)];
}

/** Options whose next word is a value: one of some, or a file name, which the shell completes itself. */
function valueOptions(program: CommandSpec): OptionSpec[] {
  const options = listCommands(program).flatMap(({ command }) => command.options);
  const taking = options.filter(({ takesValue }) => takesValue);
  return [...new Map(taking.map((option) => [option.long, option])).values()];
}

function id(name: string): string {
  return name.replaceAll("-", "_");
}

/** For POSIX shells and zsh; fish reads backslashes in it, which no description has. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function psQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
