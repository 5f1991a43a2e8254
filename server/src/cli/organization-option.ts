import { Id } from "@muster/shared/ids.ts";
import type { Command } from "commander";
import type { Identity } from "../identity/index.ts";
import { readArguments } from "./read-arguments.ts";
import { UsageError } from "./command-result.ts";

/** Adds `--org`, which is optional while there is only one organization. */
export function withOrganization(command: Command): Command {
  return command.option("--org <id>", "id of the organization; optional while there is only one");
}

/** Returns the organization of a command. Throws UsageError when it is missing and there is not exactly one, and `not-found`. */
export async function readOrganization(identity: Identity, given: string | undefined): Promise<string> {
  if (given !== undefined)
    return (await identity.organizations.get(readArguments(Id, given, { "": "--org" }))).id;
  const organizations = await identity.organizations.list();
  const [only, another] = organizations;
  if (only && !another) return only.id;
  if (!only) throw new UsageError("There is no organization yet. Create one with muster org create NAME.");
  throw new UsageError(
    `There are ${organizations.length} organizations. Choose one with --org (muster org list shows them).`,
  );
}
