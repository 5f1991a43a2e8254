import { join } from "node:path";
import type { Platform } from "../../platform/ports.ts";
import { type Context, type ContextOutcome, createContext } from "../../agent-host/context.ts";
import type { Environment } from "../../agent-host/configuration.ts";
import { hasKeyStore, type KeyStore, sealFiles } from "./sealed-files.ts";

export type TrayContext = Context & { areSecretsSealed: boolean };

type Deps = {
  environment: Environment;
  /** The folder that Electron gives this application. */
  userData: string;
  keyStore: KeyStore;
  platform: Platform;
  /** `Electron 45.3.4`. */
  runtime: string;
};

/** The context of the embedded engine: a home of the user's own, with secrets sealed where the system has a key store. */
export async function createTrayContext(
  deps: Deps,
): Promise<{ kind: "ready"; context: TrayContext } | Exclude<ContextOutcome, { kind: "ready" }>> {
  const { environment, userData, keyStore, platform } = deps;
  const areSecretsSealed = await hasKeyStore(keyStore, platform.family === "linux");
  const files = areSecretsSealed ? sealFiles(platform.files, keyStore) : platform.files;
  const home = environment.MUSTER_AGENT_HOME || join(userData, "agent");
  const made = await createContext({ ...environment, MUSTER_AGENT_HOME: home }, undefined, async () => ({
    ...platform,
    files,
  }));
  if (made.kind === "invalid") return made;
  const agent = { ...made.context.agent, runtime: deps.runtime, variant: "tray" as const };
  return { kind: "ready", context: { ...made.context, agent, areSecretsSealed } };
}
