import { wholeOrganization } from "../platform/tenant.ts";
import { type InstallLine, NewInstallLine } from "@muster/shared/contracts/install.ts";
import type { Command } from "commander";
import { commandLineActor } from "../identity/index.ts";
import { readInstallAddress } from "../install-address.ts";
import { systemClock } from "../platform/clock.ts";
import { loadConfiguration } from "../platform/config/load-configuration.ts";
import { createInstall } from "../releases/index.ts";
import { openReleases } from "./open-releases.ts";
import type { CommandResult } from "./command-result.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { readOrganization, withOrganization } from "./organization-option.ts";
import { readArguments, readNumber } from "./read-arguments.ts";

type LineOptions = JsonOption & {
  system?: string;
  org?: string;
  uses?: string;
  approval?: boolean;
  customer?: string;
};

export function addInstallLineCommand(program: Command, shell: CommandShell): void {
  withOrganization(shell.add(program, "install-line", "make a line that installs and enrols an agent"))
    .requiredOption("--system <name>", "linux, macos or windows")
    .option("--uses <number>", "machines that the line may enrol, or unlimited (default: 1)")
    .option("--approval", "machines wait until a user approves them")
    .option("--customer <name>", "customer that the machines belong to")
    .addHelpText(
      "after",
      "\nThe line holds a new token, valid for 24 hours. If there is no agent for the system, no line and no token are created.",
    )
    .action((options: LineOptions) => shell.print(options, () => makeLine(options, shell)));
}

async function makeLine(options: LineOptions, { deps }: CommandShell): Promise<CommandResult> {
  const input = readArguments(NewInstallLine, {
    system: options.system,
    name: "Install line",
    maxUses: options.uses === "unlimited" ? null : readNumber("--uses", options.uses),
    needsApproval: options.approval,
    customer: options.customer,
  });
  const configuration = loadConfiguration(deps.environment);
  const { releases, store, identity, close } = await openReleases(configuration, deps.err);
  try {
    const { lines } = createInstall({
      store,
      clock: systemClock,
      catalog: releases.catalog,
      tokens: identity.enrolmentTokens,
      readAddress: () => readInstallAddress(configuration, configuration.port),
    });
    const orgId = await readOrganization(identity, options.org);
    const by = { actor: commandLineActor(deps.account), requestId: null };
    return describe(await lines.create(wholeOrganization(orgId), input, by));
  } finally {
    await close();
  }
}

function describe({ line, uninstallLine, token, warnings }: InstallLine): CommandResult {
  const messages = warnings.map(({ message }) => message);
  return {
    data: {
      line,
      warnings: messages,
      uninstallLine,
      tokenId: token?.id ?? null,
      expiresAt: token?.expiresAt ?? null,
    },
    text: [
      ...messages.map((message) => `Note: ${message}`),
      ...(line === null ? [] : [textOf(line, uninstallLine)]),
    ].join("\n\n"),
  };
}

function textOf(line: string, uninstallLine: string): string {
  return `Run this on the machine that joins, within 24 hours:\n\n  ${line}\n\nTo remove the agent later:\n\n  ${uninstallLine}`;
}
