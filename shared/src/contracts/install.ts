import { z } from "zod";
import { AgentSystem, ArtefactOrigin, Sha256 } from "./artefact.ts";
import { EnrolmentToken, NewEnrolmentToken } from "./enrolment.ts";

/** The systems that have an install line: one for all processors. */
export const INSTALL_SYSTEMS = ["linux", "macos", "windows"] as const;
/** A system that has an install line. */
export const InstallSystem = z.enum(INSTALL_SYSTEMS);
export type InstallSystem = z.infer<typeof InstallSystem>;

/** What a person should know before they use a line. */
export const INSTALL_WARNINGS = [
  "loopback",
  "public-url-local",
  "plain-http",
  "address-guessed",
  "building",
  "no-agent",
  "processor-missing",
] as const;
/** What a person should know before they use a line. */
export const InstallWarning = z.object({
  /** What the warning is about, for programs. */
  code: z.enum(INSTALL_WARNINGS),
  /** English, with the exact setting to change where there is one. */
  message: z.string(),
  /** Settings of the server that change it, as they are given, such as `MUSTER_HOST=0.0.0.0`. */
  settings: z.array(z.string()),
});
export type InstallWarning = z.infer<typeof InstallWarning>;

/** The agent for one processor that a line installs. Version, size, hash and origin are null unless it is ready. */
export const InstallAgent = z.object({
  /** System and processor. */
  system: AgentSystem,
  /** Whether it can be installed now. */
  state: z.enum(["ready", "building", "none"]),
  /** Version of the agent. */
  version: z.string().nullable(),
  /** Size of the download. */
  sizeBytes: z.number().int().nullable(),
  /** SHA-256 of the download, hexadecimal. */
  sha256: z.string().nullable(),
  /** Where the agent comes from. */
  origin: ArtefactOrigin.nullable(),
  /** Why there is none, a sentence for the operator; null otherwise. */
  reason: z.string().nullable(),
});
export type InstallAgent = z.infer<typeof InstallAgent>;

export const InstallScriptQuery = z.object({
  /** SHA-256 of the script, as an install line names it; the current one when left out. */
  sha256: Sha256.optional(),
});

/** What can be installed now, before a line is made. */
export const InstallOptions = z.object({
  /** The address that the machines will use. */
  address: z.string(),
  /** False while only the server's own computer reaches this address. */
  isReachable: z.boolean(),
  /** How machines know that it is the server: by a public certificate, a pin, because it is this computer, or not at all. */
  trust: z.enum(["certificate", "pin", "loopback", "none"]),
  /** What to know about the address. */
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
      /** What to know about this system. */
      warnings: z.array(InstallWarning),
      /** The line that removes the agent. */
      uninstallLine: z.string(),
    }),
  ),
});
export type InstallOptions = z.infer<typeof InstallOptions>;

/** Asks for a line for a system; the other fields are those of its token. */
export const NewInstallLine = NewEnrolmentToken.omit({ validHours: true }).extend({
  /** System of the machine. */
  system: InstallSystem,
});
export type NewInstallLine = z.infer<typeof NewInstallLine>;

/** A line that holds a new token, valid for 24 hours. Line and token are null where there is no agent to install. */
export const InstallLine = z.object({
  /** System of the machine. */
  system: InstallSystem,
  /** To be run as an administrator of the machine; null when there is no agent to install. */
  line: z.string().nullable(),
  /** The token in the line, without its secret; null without a line. */
  token: EnrolmentToken.nullable(),
  /** The line that removes the agent. */
  uninstallLine: z.string(),
  /** What to know before the line is used. */
  warnings: z.array(InstallWarning),
});
export type InstallLine = z.infer<typeof InstallLine>;
