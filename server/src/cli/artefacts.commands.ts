import path from "node:path";
import { agentSystemOf } from "@muster/shared/artefacts/agent-system.ts";
import { isAgentVersion } from "@muster/shared/artefacts/agent-file-name.ts";
import { type AgentOffer, AgentSystem, type ArtefactList } from "@muster/shared/contracts/artefact.ts";
import type { Command } from "commander";
import { z } from "zod";
import { commandLineActor } from "../identity/index.ts";
import { loadConfiguration } from "../platform/config/load-configuration.ts";
import { UsageError } from "./command-result.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { type OpenReleases, openReleases } from "./open-releases.ts";
import { readArguments } from "./read-arguments.ts";
import { recordForAll } from "./record-for-all.ts";
import { textTable } from "./text-table.ts";

type BuildOptions = JsonOption & { system?: string[] };
type AddOptions = JsonOption & { system: string; version: string };

const HEADINGS = ["SYSTEM", "STATE", "VERSION", "SIZE", "ORIGIN", "SHA-256"];
const REJECTED = {
  name: "Its name is neither that of an agent nor that of a tray package.",
  content: "It is no program for the system that its name says.",
} as const;
const SystemArgument = z.object({ system: AgentSystem });
const AddArguments = SystemArgument.extend({
  version: z.string().refine(isAgentVersion, "must be a version such as 1.2.0"),
});

export function addArtefactsCommands(program: Command, shell: CommandShell): void {
  const artefacts = program.command("artefacts").description("agents that this server offers for download");
  const actor = commandLineActor(shell.deps.account);

  async function withReleases<Result>(work: (opened: OpenReleases) => Promise<Result>): Promise<Result> {
    const configuration = loadConfiguration(shell.deps.environment);
    const opened = await openReleases(configuration, shell.deps.err);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }

  shell
    .add(artefacts, "list", "show the agent that is offered for each system, and the packages of the tray")
    .action((options: JsonOption) =>
      shell.print(options, () =>
        withReleases(async ({ releases }) => {
          const list = await releases.artefacts.list();
          return { data: list, text: describeList(list) };
        }),
      ),
    );

  shell
    .add(artefacts, "build", "build agents here, from the sources of this version")
    .option("--system <system>", `${AgentSystem.options.join(", ")}; default: that of this machine`, collect)
    .action((options: BuildOptions) =>
      shell.print(options, () =>
        withReleases(async ({ releases, store, identity }) => {
          const agents: AgentOffer[] = [];
          for (const system of readSystems(options.system)) agents.push(await releases.build(system));
          for (const { system, problem } of agents) {
            if (problem !== null) continue;
            const subject = { type: "agent", id: system, name: system };
            await recordForAll({ store, identity, actor, action: "agent.built", subject });
          }
          const hasFailed = agents.some(({ problem }) => problem !== null);
          return { data: { agents }, text: describeAgents(agents), hasFailed };
        }),
      ),
    );

  shell
    .add(
      artefacts,
      "add <file>",
      "offer an agent that was built elsewhere; it is preferred to those built here",
    )
    .requiredOption("--system <system>", AgentSystem.options.join(", "))
    .requiredOption("--version <version>", "version of the agent")
    .action((file: string, options: AddOptions) =>
      shell.print(options, () =>
        withReleases(async ({ releases, store, identity }) => {
          const { system, version } = readArguments(AddArguments, {
            system: options.system,
            version: options.version,
          });
          const offer = await releases.artefacts.place(system, version, path.resolve(file));
          await recordForAll({
            store,
            identity,
            actor,
            action: "agent.placed",
            subject: { type: "agent", id: system, name: system },
          });
          return { data: offer, text: describeAgents([offer]) };
        }),
      ),
    );
}

function readSystems(given: string[] | undefined): AgentSystem[] {
  if (given) return given.map((system) => readArguments(SystemArgument, { system }).system);
  const own = agentSystemOf(process);
  if (own === undefined)
    throw new UsageError("There is no agent for this machine: name a system with --system.");
  return [own];
}

function describeList({ agents, trayInstallers, rejectedFiles }: ArtefactList): string {
  const installers = trayInstallers.map(({ fileName, sizeBytes, sha256 }) => [
    fileName,
    megabytes(sizeBytes),
    sha256,
  ]);
  return [
    describeAgents(agents),
    ...(installers.length === 0 ? [] : ["", textTable(["TRAY", "SIZE", "SHA-256"], installers)]),
    ...rejectedFiles.map(({ fileName, reason }) => `Not offered: ${fileName}. ${REJECTED[reason]}`),
  ].join("\n");
}

function describeAgents(agents: readonly AgentOffer[]): string {
  const rows = agents.map(({ system, artefact, problem }) =>
    artefact
      ? [system, "ready", artefact.version, megabytes(artefact.sizeBytes), artefact.origin, artefact.sha256]
      : [system, problem?.at ? "failed" : "missing"],
  );
  const problems = agents.flatMap(({ system, problem }) =>
    problem?.at ? [`${system}: ${problem.message}`] : [],
  );
  return [textTable(HEADINGS, rows), ...problems].join("\n");
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
