import type { z } from "zod";

declare module "zod/v4/core" {
  interface GlobalMeta {
    /** A setting that is sealed in the database and never shown again. */
    isSecret?: boolean;
  }
}

/**
 * One kind of channel, as both sides and the API document know it. Its texts are English.
 * `settings` is what an administrator fills in: the form is made from each field's `.meta({ label, hint?, isSecret? })`.
 */
export type ChannelDefinition = {
  type: string;
  label: string;
  /** One sentence: where messages go. */
  description: string;
  settings: z.ZodObject;
  /** The secret setting whose host is shown, so that a member sees where messages go; null where no setting is an address. */
  addressField: string | null;
  /** True when the server makes a secret for signatures and shows it once. */
  hasSigningSecret: boolean;
};

/** Keeps the exact types of one definition. */
export function defineChannel<const Definition extends ChannelDefinition>(
  definition: Definition,
): Definition {
  return definition;
}

/** Names of the settings that are sealed. */
export function secretFieldsOf({ settings }: Pick<ChannelDefinition, "settings">): string[] {
  return Object.entries(settings.shape)
    .filter(([, schema]) => schema.meta()?.isSecret === true)
    .map(([name]) => name);
}
