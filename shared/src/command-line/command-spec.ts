/** A command as completions and help see it. The root is the program itself. */
export type CommandSpec = {
  name: string;
  description: string;
  options: OptionSpec[];
  /** Values of the first argument, where only some are allowed. */
  values: readonly string[];
  commands: CommandSpec[];
};

export type OptionSpec = {
  /** Such as `--json`. */
  long: string;
  description: string;
  takesValue: boolean;
  values: readonly string[];
};

/** The part of a command of `commander` that is read. */
type DefinedCommand = {
  name(): string;
  description(): string;
  options: readonly DefinedOption[];
  registeredArguments: readonly { argChoices?: readonly string[] | undefined }[];
  commands: readonly DefinedCommand[];
};
type DefinedOption = {
  long?: string | null | undefined;
  description: string;
  required: boolean;
  optional: boolean;
  argChoices?: readonly string[] | undefined;
};

const HELP: OptionSpec = {
  long: "--help",
  description: "display help for command",
  takesValue: false,
  values: [],
};

/** Describes a program by the definitions of its commands. */
export function describeProgram(program: DefinedCommand): CommandSpec {
  const described = describeCommand(program);
  const help: CommandSpec = {
    name: "help",
    description: "display help for command",
    options: [],
    values: described.commands.map(({ name }) => name),
    commands: [],
  };
  return { ...described, commands: [...described.commands, help] };
}

function describeCommand(command: DefinedCommand): CommandSpec {
  return {
    name: command.name(),
    description: command.description(),
    options: [...command.options.flatMap(describeOption), HELP],
    values: command.registeredArguments[0]?.argChoices ?? [],
    commands: command.commands.map(describeCommand),
  };
}

function describeOption({
  long,
  description,
  required,
  optional,
  argChoices = [],
}: DefinedOption): OptionSpec[] {
  return long ? [{ long, description, takesValue: required || optional, values: argChoices }] : [];
}

/** Every command with its path below the program, "org create"; the program itself has the empty one. */
export function listCommands(spec: CommandSpec): { path: string; command: CommandSpec }[] {
  const below = (command: CommandSpec, path: string): { path: string; command: CommandSpec }[] => [
    { path, command },
    ...command.commands.flatMap((inner) => below(inner, path === "" ? inner.name : `${path} ${inner.name}`)),
  ];
  return below(spec, "");
}
