import { join } from "node:path";
import type { EnrolmentRequest } from "@muster/shared/contracts/enrolment.ts";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { Collector } from "../../collectors/collector.ts";
import type { Platform } from "../../platform/ports.ts";
import { connect } from "../../transport/connect.ts";
import type { ProxyFor } from "../../transport/proxy.ts";
import type { ServerAddress } from "../../transport/server-address.ts";
import type { AgentHome } from "../state/agent-home.ts";
import { openDeviceSigner } from "../actions/statements.ts";
import { createCollectorRegistry } from "../collecting/collector-registry.ts";
import { type DeviceIdentity, readIdentity, writeIdentity } from "./device-identity.ts";
import { removeDeviceKeys } from "./device-key.ts";
import { forgetOrganization } from "./forget-device.ts";
import { messageOf } from "../log.ts";
import { isSameMachine, readMachineIdentity } from "./machine-identity.ts";
import { keyForEnrolment, returningStatement } from "./pending-enrolment.ts";

export type EnrolDeps = {
  platform: Platform;
  collectors: readonly Collector[];
  home: AgentHome;
  random: () => number;
  agent: Inventory["agent"];
  /** The proxy on the way to a server. */
  proxyFor?: ProxyFor;
};

export type EnrolOptions = {
  server: ServerAddress;
  token: string;
  /** Enrol although this machine is enrolled. */
  replaces: boolean;
};

export type EnrolOutcome =
  /** `ignored`: fields that the server is too old to know. */
  | { kind: "enrolled"; identity: DeviceIdentity; isApproved: boolean; ignored: string[] }
  | { kind: "already-enrolled"; identity: DeviceIdentity }
  /** The server does not take the token. */
  | { kind: "refused"; reason: string }
  /** `cause` has the system's own words; `retryAfterMs` when the server asked to wait so long. */
  | { kind: "unreached"; reason: string; cause?: string; retryAfterMs: number | null }
  /** This machine cannot be identified. */
  | { kind: "unidentified"; reason: string };

/**
 * Joins this machine to the server's organization: makes a key, asks with the token, stores the credential. The key is kept until there
 * is an answer: the next try with the same token then gets the same device. An identity that was copied from another machine is
 * replaced, with all that waited in its name.
 */
export async function enrol(deps: EnrolDeps, options: EnrolOptions): Promise<EnrolOutcome> {
  const { platform, home } = deps;
  const { files, clock } = platform;
  await files.makeFolder(home.root);
  const machine = await readMachine(deps);
  if (machine.kind === "unidentified") return machine;
  const stored = await readIdentity(files, home);
  if (
    stored.kind === "enrolled" &&
    !options.replaces &&
    isSameMachine(stored.identity.machine, machine.identity)
  ) {
    return { kind: "already-enrolled", identity: stored.identity };
  }

  const description = await describeMachine(deps);
  const { server, token } = options;
  const key = await keyForEnrolment(files, home, { server: server.url, token, machine: machine.identity });
  const sign = await openDeviceSigner(files, join(home.root, key.fileName));
  const client = connect(server, null, { clock, random: deps.random, proxyFor: deps.proxyFor });
  const outcome = await client.enrol({
    token,
    machine: machine.identity,
    publicKey: key.publicKey,
    agentVersion: deps.agent.version,
    returning: sign(returningStatement(server.url, token, key.publicKey, clock.wallMs())),
    ...description,
  });
  client.disconnect();
  if (outcome.kind === "refused") {
    await files.remove(home.enrolment);
    await removeDeviceKeys(files, home, stored.kind === "enrolled" ? stored.identity.keyFile : undefined);
    return { kind: "refused", reason: outcome.error.message };
  }
  if (outcome.kind !== "enrolled")
    return {
      kind: "unreached",
      reason: outcome.reason,
      ...(outcome.cause !== undefined && { cause: outcome.cause }),
      retryAfterMs: outcome.retryAfterMs ?? null,
    };

  const { deviceId, credential, organization, intervalS, approved } = outcome.answer;
  // Waiting samples belong to another device, and received messages to another organization.
  await forgetOrganization(files, home);
  const identity: DeviceIdentity = {
    version: 1,
    deviceId,
    credential,
    organization,
    intervalS,
    machine: machine.identity,
    server,
    keyFile: key.fileName,
    enrolledAtMs: clock.wallMs(),
  };
  await writeIdentity(files, home, identity);
  await files.remove(home.enrolment);
  await removeDeviceKeys(files, home, key.fileName);
  return { kind: "enrolled", identity, isApproved: approved, ignored: outcome.answer.ignored ?? [] };
}

async function readMachine({ platform }: EnrolDeps) {
  try {
    return { kind: "identified" as const, identity: await readMachineIdentity(platform.identity) };
  } catch (error) {
    return { kind: "unidentified" as const, reason: messageOf(error) };
  }
}

type Description = Pick<EnrolmentRequest, "hostname" | "osFamily" | "classGuess">;

async function describeMachine({ platform, collectors, agent }: EnrolDeps): Promise<Description> {
  const registry = createCollectorRegistry({ collectors, clock: platform.clock, agent });
  const reading = await registry.inventory();
  // A machine that cannot describe itself may still enrol; its first inventory follows.
  if (reading.kind === "skip")
    return { hostname: "unknown", osFamily: platform.family, classGuess: "desktop" };
  const { hostname, os, classGuess } = reading.inventory;
  return { hostname, osFamily: os.family, classGuess };
}
