import { z } from "zod";
import { AgentSystem, ArtefactOrigin, Sha256 } from "./artefact.ts";
import { EnrolmentToken, NewEnrolmentToken } from "./enrolment.ts";

/** The systems that have an install line. One line works on all processors. */
export const INSTALL_SYSTEMS = ["linux", "macos", "windows"] as const;
/** A system that has an install line. */
export const InstallSystem = z.enum(INSTALL_SYSTEMS);
export type InstallSystem = z.infer<typeof InstallSystem>;

/** A warning about an install line. */
export const INSTALL_WARNINGS = [
  "loopback",
  "public-url-local",
  "plain-http",
  "address-guessed",
  "building",
  "no-agent",
  "processor-missing",
] as const;
/** A warning about an install line. */
export const InstallWarning = z.object({
  /** Code of the warning. */
  code: z.enum(INSTALL_WARNINGS),
  /** The warning as an English sentence, with the setting to change. */
  message: z.string(),
  /** Settings of the server that remove the warning, such as `MUSTER_HOST=0.0.0.0`. */
  settings: z.array(z.string()),
});
export type InstallWarning = z.infer<typeof InstallWarning>;

/** The agent for one processor that a line installs. Version, size, hash and origin are null unless `state` is `ready`. */
export const InstallAgent = z.object({
  /** System and processor. */
  system: AgentSystem,
  /** Whether the agent can be installed now. */
  state: z.enum(["ready", "building", "none"]),
  /** Version of the agent. */
  version: z.string().nullable(),
  /** Size of the download. */
  sizeBytes: z.number().int().nullable(),
  /** SHA-256 of the download, hexadecimal. */
  sha256: z.string().nullable(),
  /** Where the agent comes from. */
  origin: ArtefactOrigin.nullable(),
  /** Why there is no agent, as a sentence; otherwise null. */
  reason: z.string().nullable(),
});
export type InstallAgent = z.infer<typeof InstallAgent>;

export const InstallScriptQuery = z.object({
  /** SHA-256 of the script in the install line; the current script when left out. */
  sha256: Sha256.optional(),
});

/** The systems for which install lines can be created now. */
export const InstallOptions = z.object({
  /** The address that the machines will use. */
  address: z.string(),
  /** False while only the server's own computer reaches this address. */
  isReachable: z.boolean(),
  /** How machines verify the server: by a public certificate, by a pin, not needed on the same computer (`loopback`), or not at all. */
  trust: z.enum(["certificate", "pin", "loopback", "none"]),
  /** Warnings about the address. */
  warnings: z.array(InstallWarning),
  /** One for each system. */
  systems: z.array(
    z.object({
      /** The system. */
      system: InstallSystem,
      /** Whether a line can be made now. */
      state: z.enum(["ready", "building", "none"]),
      /** The agent for each processor of the system. */
      agents: z.array(InstallAgent),
      /** Warnings about this system. */
      warnings: z.array(InstallWarning),
      /** The line that removes the agent. */
      uninstallLine: z.string(),
    }),
  ),
});
export type InstallOptions = z.infer<typeof InstallOptions>;

/** A request for an install line. The other fields are those of its enrolment token. */
export const NewInstallLine = NewEnrolmentToken.omit({ validHours: true }).extend({
  /** System of the machine. */
  system: InstallSystem,
});
export type NewInstallLine = z.infer<typeof NewInstallLine>;

/** An install line with a new token that is valid for 24 hours. Line and token are null when there is no agent to install. */
export const InstallLine = z.object({
  /** System of the machine. */
  system: InstallSystem,
  /** The line to run as an administrator of the machine; null when there is no agent to install. */
  line: z.string().nullable(),
  /** The token of the line, without its secret; null when there is no line. */
  token: EnrolmentToken.nullable(),
  /** The line that removes the agent. */
  uninstallLine: z.string(),
  /** Warnings about the line. */
  warnings: z.array(InstallWarning),
});
export type InstallLine = z.infer<typeof InstallLine>;
