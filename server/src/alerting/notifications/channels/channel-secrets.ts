import { z } from "zod";

type Sealing = {
  seal(secret: Buffer, context: string): Buffer;
  unseal(sealed: Buffer, context: string): Buffer;
};

/** What a channel keeps sealed. */
export const ChannelSecrets = z.object({
  /** The secret settings by name. */
  settings: z.record(z.string(), z.unknown()),
  signing: z
    .object({
      secret: z.string(),
      /** The one before, as long as messages are signed with it too. */
      previous: z.object({ secret: z.string(), validUntil: z.number() }).nullable(),
    })
    .nullable(),
});
export type ChannelSecrets = z.infer<typeof ChannelSecrets>;

/** Seals and opens the secrets of channels; each opens for its own channel only. */
export function createChannelVault({ seal, unseal }: Sealing) {
  const contextOf = ({ org_id, id }: { org_id: string; id: string }) => `channel:${org_id}:${id}`;
  return {
    seal: (channel: { org_id: string; id: string }, secrets: ChannelSecrets) =>
      seal(Buffer.from(JSON.stringify(secrets)), contextOf(channel)),
    open: (channel: { org_id: string; id: string; sealed_secrets: Buffer }) =>
      ChannelSecrets.parse(JSON.parse(unseal(channel.sealed_secrets, contextOf(channel)).toString("utf8"))),
  };
}
export type ChannelVault = ReturnType<typeof createChannelVault>;

/** The secrets that sign now, the newest first. */
export function signingSecretsOf({ signing }: ChannelSecrets, now: number): string[] {
  if (signing === null) return [];
  const { secret, previous } = signing;
  return previous !== null && previous.validUntil > now ? [secret, previous.secret] : [secret];
}

const MIN_HIDDEN_LENGTH = 5;

/** What the answer of a receiver must not show to members: the secret settings, of an address each part but the host. */
export function hiddenTextsOf({ settings }: ChannelSecrets): string[] {
  return Object.values(settings)
    .filter((value) => typeof value === "string")
    .flatMap((value) => {
      const url = URL.parse(value);
      return url?.host ? `${url.pathname}${url.search}`.split(/[/?&=]/) : [value];
    })
    .filter((text) => text.length >= MIN_HIDDEN_LENGTH)
    .toSorted((one, other) => other.length - one.length);
}
