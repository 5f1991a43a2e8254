import { Id } from "@muster/shared/ids.ts";
import type { Command } from "commander";
import type { Identity } from "../identity/index.ts";
import { readArguments } from "./read-arguments.ts";
import { UsageError } from "./command-result.ts";

/** Adds `--org`, which may be left out while there is one organization. */
export function withOrganization(command: Command): Command {
  return command.option("--org <id>", "organization; may be left out while there is only one");
}

/** The organization that a command is about. Throws UsageError when it is not said and there are several, and `not-found`. */
export async function readOrganization(identity: Identity, given: string | undefined): Promise<string> {
  if (given !== undefined)
    return (await identity.organizations.get(readArguments(Id, given, { "": "--org" }))).id;
  const organizations = await identity.organizations.list();
  const [only, another] = organizations;
  if (only && !another) return only.id;
  if (!only) throw new UsageError("there is no organization yet: muster org create NAME makes one");
  throw new UsageError(
    `there are ${organizations.length} organizations: choose one by --org (muster org list shows them)`,
  );
}
