import type { z } from "zod";
import type { Role, Scope } from "../contracts/identity.ts";

declare module "zod/v4/core" {
  /** What a person reads of a field, in English: its name, what helps to fill it in, and the values of an enum. */
  interface GlobalMeta {
    label?: string;
    hint?: string;
    choices?: Readonly<Record<string, string>>;
  }
}

/** How much an action disturbs the person at the machine: nothing, a moment, or their work. */
export type Impact = "none" | "moment" | "work";

/**
 * One kind of action, as both sides and the API document know it. Its words are English; other languages have theirs in
 * `i18n/<language>/catalog.messages.ts`.
 * `payload` is what the technician fills in: every field needs `.meta({ label, hint?, choices? })`, from which the form is
 * made. `result` is what the device tells when it is done, its fields with labels too.
 */
export type ActionDefinition = {
  type: string;
  label: string;
  /** One sentence: what it does to the machine. */
  description: string;
  impact: Impact;
  /** What an API key needs, and a person's least role. */
  scope: Scope;
  role: Role;
  payload: z.ZodObject;
  result: z.ZodObject;
  /** How long it stays valid when the technician does not say, in seconds. */
  validForS: number;
  /** How long after the start, or after the instant that the device last announced, the server gives up, in seconds. */
  timeoutS: number;
  /** What the server then calls it: nothing was heard, or the machine did not come back. */
  timeoutError: "no-result" | "not-back";
  /** True when only a report under another boot id proves it done. */
  needsNewBoot: boolean;
  /** True when several that wait for one device become one: the newest. */
  isCoalesced: boolean;
};

/** Keeps the exact types of one definition. */
export function defineAction<const Definition extends ActionDefinition>(definition: Definition): Definition {
  return definition;
}
