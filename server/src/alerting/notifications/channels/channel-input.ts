import { CHANNELS, type ChannelType } from "@muster/shared/alarms/channels/catalog.ts";
import { secretFieldsOf } from "@muster/shared/alarms/channels/define-channel.ts";
import { type ChannelSettings, SECRET_MASK } from "@muster/shared/contracts/channel.ts";
import { MusterError } from "../../../platform/errors.ts";
import type { GuardedClient } from "../../../platform/http-client/guarded-client.ts";
import { GuardedRequestError } from "../../../platform/http-client/guarded-request-error.ts";

/** Settings of a channel: what is shown, and what is sealed. */
export type SplitSettings = { visible: Record<string, unknown>; secret: Record<string, unknown> };

/**
 * Checks the settings of a channel against its type; a masked secret stands for the one in `before`. Throws `bad-request` that names the
 * setting.
 */
export function readSettings(
  type: ChannelType,
  given: ChannelSettings,
  before: SplitSettings | null,
  client: Pick<GuardedClient, "check">,
): SplitSettings {
  const definition = CHANNELS[type];
  const secretFields = secretFieldsOf(definition);
  const changed = Object.entries(given).filter(
    ([name, value]) => !(before && secretFields.includes(name) && value === SECRET_MASK),
  );
  const merged = { ...before?.visible, ...before?.secret, ...Object.fromEntries(changed) };
  const parsed = definition.settings.safeParse(merged);
  if (!parsed.success) {
    throw new MusterError("bad-request", "The settings of the channel are not valid.", {
      details: parsed.error.issues.map(({ path, message }) => ({
        path: ["settings", ...path].join("."),
        message,
      })),
    });
  }
  const settings: Record<string, unknown> = parsed.data;
  checkAddress(definition.addressField, settings, client);
  if (before) requireSecretsAgain(definition.addressField, { before, settings, given: new Map(changed) });
  const isSecret = ([name]: [string, unknown]) => secretFields.includes(name);
  return {
    visible: Object.fromEntries(Object.entries(settings).filter((entry) => !isSecret(entry))),
    secret: Object.fromEntries(Object.entries(settings).filter(isSecret)),
  };
}

/** Nobody gets a secret that is never shown by having it sent to a server of their own. */
function requireSecretsAgain(
  addressField: string | null,
  {
    before,
    settings,
    given,
  }: { before: SplitSettings; settings: Record<string, unknown>; given: ReadonlyMap<string, unknown> },
): void {
  if (addressField === null || !(addressField in before.visible)) return;
  if (settings[addressField] === before.visible[addressField]) return;
  const kept = Object.keys(before.secret).filter((name) => before.secret[name] !== "" && !given.has(name));
  if (kept.length === 0) return;
  throw new MusterError(
    "bad-request",
    "The channel sends to another server. Enter its secrets again, because the stored ones are only for the previous server.",
    { details: kept.map((name) => ({ path: `settings.${name}`, message: "must be entered again" })) },
  );
}

function checkAddress(
  field: string | null,
  settings: Readonly<Record<string, unknown>>,
  client: Pick<GuardedClient, "check">,
): void {
  const address = field === null ? undefined : settings[field];
  if (field === null || typeof address !== "string") return;
  try {
    client.check(address);
  } catch (error) {
    if (!(error instanceof GuardedRequestError)) throw error;
    throw new MusterError("bad-request", error.message, {
      details: [{ path: `settings.${field}`, message: error.message }],
    });
  }
}

/** The host that a channel sends to; null for mails. */
export function hostOf(type: ChannelType, { visible, secret }: SplitSettings): string | null {
  const { addressField } = CHANNELS[type];
  const address = addressField === null ? undefined : (secret[addressField] ?? visible[addressField]);
  return typeof address === "string" ? (URL.parse(address)?.host ?? null) : null;
}
