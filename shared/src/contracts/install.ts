import { z } from "zod";
import { AgentSystem, ArtefactOrigin } from "./artefact.ts";
import { EnrolmentToken, NewEnrolmentToken } from "./enrolment.ts";

/** The systems that have an install line: one for all processors. */
export const INSTALL_SYSTEMS = ["linux", "macos", "windows"] as const;
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
export const InstallWarning = z.object({
  code: z.enum(INSTALL_WARNINGS),
  /** English, with the exact setting to change where there is one. */
  message: z.string(),
  /** Settings of the server that change it, as they are given, such as `MUSTER_HOST=0.0.0.0`. */
  settings: z.array(z.string()),
});
export type InstallWarning = z.infer<typeof InstallWarning>;

/** The agent for one processor that a line installs. Version, size, hash and origin are null unless it is ready. */
export const InstallAgent = z.object({
  system: AgentSystem,
  state: z.enum(["ready", "building", "none"]),
  version: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  origin: ArtefactOrigin.nullable(),
  /** Why there is none, a sentence for the operator; null otherwise. */
  reason: z.string().nullable(),
});
export type InstallAgent = z.infer<typeof InstallAgent>;

/** What can be installed now, before a line is made. */
export const InstallOptions = z.object({
  /** The address that the machines will use. */
  address: z.string(),
  /** False while only the server's own computer reaches this address. */
  isReachable: z.boolean(),
  /** How machines know that it is the server: by a public certificate, a pin, because it is this computer, or not at all. */
  trust: z.enum(["certificate", "pin", "loopback", "none"]),
  warnings: z.array(InstallWarning),
  systems: z.array(
    z.object({
      system: InstallSystem,
      state: z.enum(["ready", "building", "none"]),
      agents: z.array(InstallAgent),
      warnings: z.array(InstallWarning),
      uninstallLine: z.string(),
    }),
  ),
});
export type InstallOptions = z.infer<typeof InstallOptions>;

export const NewInstallLine = NewEnrolmentToken.omit({ validHours: true }).extend({ system: InstallSystem });
export type NewInstallLine = z.infer<typeof NewInstallLine>;

/** A line that holds a new token, valid for 24 hours. Line and token are null where there is no agent to install. */
export const InstallLine = z.object({
  system: InstallSystem,
  line: z.string().nullable(),
  token: EnrolmentToken.nullable(),
  uninstallLine: z.string(),
  warnings: z.array(InstallWarning),
});
export type InstallLine = z.infer<typeof InstallLine>;
