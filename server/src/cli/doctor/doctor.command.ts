import { explainError } from "@muster/shared/system-errors.ts";
import type { Command } from "commander";
import { ConfigurationError, loadConfiguration } from "../../platform/config/load-configuration.ts";
import { type DatabaseInspection, inspectDatabase } from "../../platform/database/inspect-database.ts";
import type { CommandShell, JsonOption } from "../command-shell.ts";
import { type Check, type CheckInput, fail, type Finding, ok } from "./check.ts";
import { clockCheck } from "./clock.check.ts";
import { dataFolderCheck } from "./data-folder.check.ts";
import { databaseCheck } from "./database.check.ts";
import { diskSpaceCheck } from "./disk-space.check.ts";
import { masterKeyCheck } from "./master-key.check.ts";
import { portCheck } from "./port.check.ts";
import { retentionCheck } from "./retention.check.ts";

const CHECKS: readonly Check[] = [
  dataFolderCheck,
  databaseCheck,
  masterKeyCheck,
  clockCheck,
  retentionCheck,
  diskSpaceCheck,
  portCheck,
];

type NamedFinding = Finding & { check: string };

export function addDoctorCommand(program: Command, shell: CommandShell): void {
  shell
    .add(program, "doctor", "check for problems of this server; changes nothing")
    .action((options: JsonOption) =>
      shell.print(options, async () => {
        const findings = await runChecks(shell.deps.environment);
        const hasFailed = findings.some(({ state }) => state === "fail");
        return {
          data: { healthy: !hasFailed, checks: findings },
          text: findings.map(formatFinding).join("\n"),
          hasFailed,
        };
      }),
    );
}

async function runChecks(environment: Readonly<Record<string, string | undefined>>): Promise<NamedFinding[]> {
  const read = readConfiguration(environment);
  if ("state" in read) return [read];
  const { configuration } = read;
  const database = await inspect(configuration.databaseUrl);
  const examined: CheckInput = { configuration, database, now: Date.now() };
  const findings: NamedFinding[] = [{ check: "configuration", ...ok("every setting is valid") }];
  for (const check of CHECKS) findings.push({ check: check.name, ...(await runCheck(check, examined)) });
  return findings;
}

function readConfiguration(environment: Readonly<Record<string, string | undefined>>) {
  try {
    return { configuration: loadConfiguration(environment) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const problems = error.message.split("\n").join("; ");
    return { check: "configuration", ...fail(problems, "correct the environment or muster.yaml") };
  }
}

async function inspect(url: string): Promise<DatabaseInspection | null | Error> {
  try {
    return await inspectDatabase(url, { checksIntegrity: true });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A check that throws is a finding too, and the other checks still run. */
async function runCheck(check: Check, examined: CheckInput): Promise<Finding> {
  try {
    return await check.run(examined);
  } catch (error) {
    return fail(`cannot be checked: ${explainError(error)}`, "check whether this account has read access");
  }
}

function formatFinding({ state, check, message, advice }: NamedFinding): string {
  const head = `${state.padEnd(5)} ${check.padEnd(14)} ${message}`;
  return advice === undefined ? head : `${head}\n${" ".repeat(21)}-> ${advice}`;
}
