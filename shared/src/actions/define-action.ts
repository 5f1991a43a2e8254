import type { z } from "zod";
import type { Role, Scope } from "../contracts/identity.ts";

declare module "zod/v4/core" {
  /** The English texts of a field: its label, a hint for filling it in, and labels for the values of an enum. */
  interface GlobalMeta {
    label?: string;
    hint?: string;
    choices?: Readonly<Record<string, string>>;
    /** What a form has at first where a considerate value differs from the default of the API. */
    suggested?: number;
  }
}

/** How much an action affects the local user: not at all, for a moment, or by interrupting their work. */
export type Impact = "none" | "moment" | "work";

/**
 * One kind of action, as both sides and the API document know it. Its texts are English; the translations are in
 * `i18n/<language>/catalog.messages.ts`.
 * `payload` is what the technician fills in: the form is made from each field's `.meta({ label, hint?, choices?, suggested? })`.
 * `result` is what the device reports when it is done; its fields need labels too.
 */
export type ActionDefinition = {
  type: string;
  label: string;
  /** One sentence: what it does to the machine. */
  description: string;
  impact: Impact;
  /** The scope that an API key needs, and the lowest role of a user. */
  scope: Scope;
  role: Role;
  payload: z.ZodObject;
  result: z.ZodObject;
  /** How long it stays valid unless the technician chooses otherwise, in seconds. */
  validForS: number;
  /** How long after the start, or after the instant that the device last announced, the server gives up, in seconds. */
  timeoutS: number;
  /** The error it then gets: no result arrived, or the machine did not come back. */
  timeoutError: "no-result" | "not-back";
  /** True when only a report under another boot id proves it done. */
  needsNewBoot: boolean;
  /** True when only the newest of several pending ones for a device is kept. */
  isCoalesced: boolean;
};

/** Keeps the exact types of one definition. */
export function defineAction<const Definition extends ActionDefinition>(definition: Definition): Definition {
  return definition;
}
