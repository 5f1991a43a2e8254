import { randomBytes } from "node:crypto";
import { CHANNELS } from "@muster/shared/alarms/channels/catalog.ts";
import {
  type Channel,
  type ChannelChange,
  type Channels,
  type CreatedChannel,
  MAX_CHANNELS,
  type NewChannel,
  type RotatedSecret,
} from "@muster/shared/contracts/channel.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";
import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import type { Transaction } from "kysely";
import { type ChangedBy, changesOf } from "../../../identity/index.ts";
import type { Store } from "../../../platform/database/store.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import { isUniqueViolation } from "../../../platform/database/unique-violation.ts";
import { assertVersion, nextEdit, toEditInfo, UNEDITED } from "../../../platform/edit-version.ts";
import { MusterError } from "../../../platform/errors.ts";
import { toInstant } from "../../../platform/instant.ts";
import type { AddressConfirmations } from "../confirm/address-confirmations.ts";
import type { NotificationsContext } from "../notifications-context.ts";
import type { ChannelRow } from "../notifications.tables.ts";
import { readPolicies } from "../policies/policy.repository.ts";
import { definitionOf } from "../policies/policy-row.ts";
import { readSettings } from "./channel-input.ts";
import { splitSettingsOf, toChannel } from "./channel-row.ts";
import type { ChannelSecrets } from "./channel-secrets.ts";
import {
  deleteChannel,
  findChannel,
  insertChannel,
  readChannels,
  updateChannel,
} from "./channel.repository.ts";
import { readPushBrowsers } from "../push/push-subscription.repository.ts";
import { signingSecretOf } from "./webhook.ts";

const SECRET_BYTES = 32;
/** How long messages are signed with the previous secret too. */
const PREVIOUS_SECRET_MS = 24 * 3_600_000;

export type ChannelService = {
  /** In the order of their names. */
  list(orgId: string): Promise<Channels>;
  /** Throws `bad-request` for settings that the type does not have, `conflict` for a name that is taken and beyond the number of channels. */
  create(orgId: string, input: NewChannel, by: ChangedBy): Promise<CreatedChannel>;
  /** Throws `not-found`, `bad-request`, `conflict` and `precondition-failed`. */
  change(
    orgId: string,
    channelId: string,
    given: { change: ChannelChange; version: number | null },
    by: ChangedBy,
  ): Promise<Channel>;
  /** Throws `not-found`, and `conflict` while a policy uses the channel. */
  remove(orgId: string, channelId: string, by: ChangedBy): Promise<void>;
  /** Makes a new signing secret. Throws `not-found`, and `conflict` for a type without one. */
  rotateSecret(orgId: string, channelId: string, by: ChangedBy): Promise<RotatedSecret>;
};

type Deps = NotificationsContext & { confirmations: Pick<AddressConfirmations, "readConfirmed"> };

export function createChannelService(context: Deps): ChannelService {
  const { store, clock, makeId, vault, client, mailer, confirmations } = context;
  return {
    async list(orgId) {
      const rows = await readChannels(store.read, orgId);
      const confirmed = await confirmations.readConfirmed(orgId);
      return {
        items: rows.map((row) => toChannel(row, vault, confirmed)),
        canSendMail: mailer !== null,
        hasPushSubscriptions: (await readPushBrowsers(store.read, orgId)).length > 0,
      };
    },
    async create(orgId, input, by) {
      const { visible, secret } = readSettings(input.type, input.settings, null, client);
      const identity = { id: makeId(), org_id: orgId };
      const signingSecret = CHANNELS[input.type].hasSigningSecret
        ? signingSecretOf(randomBytes(SECRET_BYTES))
        : null;
      const secrets: ChannelSecrets = {
        settings: secret,
        signing: signingSecret === null ? null : { secret: signingSecret, previous: null },
      };
      const row: ChannelRow = {
        ...identity,
        ...namesOf(input.name),
        type: input.type,
        language: input.language,
        is_enabled: input.isEnabled ? 1 : 0,
        settings: JSON.stringify(visible),
        sealed_secrets: vault.seal(identity, secrets),
        created_at: clock.now(),
        last_sent_at: null,
        failing_since: null,
        ...UNEDITED,
      };
      await runUnlessTaken(store, async (tx) => {
        if ((await readChannels(tx, orgId)).length >= MAX_CHANNELS)
          throw new MusterError("conflict", `An organization has at most ${MAX_CHANNELS} channels.`);
        await insertChannel(tx, row);
        await context.audit.record(tx, entryOf(row, "channel.created", by));
      });
      const confirmed = await confirmations.readConfirmed(orgId);
      return { ...toChannel(row, vault, confirmed), signingSecret };
    },
    change: createChange(context),
    remove: createRemove(context),
    rotateSecret: createRotation(context),
  };
}

function createChange({ store, clock, vault, client, audit, confirmations }: Deps): ChannelService["change"] {
  return async (orgId, channelId, { change, version }, by) => {
    const changed = await runUnlessTaken(store, async (tx) => {
      const before = await requireChannel(tx, orgId, channelId);
      assertVersion(version, toEditInfo(before));
      const secrets = vault.open(before);
      const split = splitSettingsOf(before, vault);
      const settings = change.settings ? readSettings(before.type, change.settings, split, client) : split;
      const after: ChannelRow = {
        ...before,
        ...(change.name !== undefined && namesOf(change.name)),
        language: change.language ?? before.language,
        is_enabled: (change.isEnabled ?? before.is_enabled === 1) ? 1 : 0,
        settings: JSON.stringify(settings.visible),
        sealed_secrets: vault.seal(before, { ...secrets, settings: settings.secret }),
        ...nextEdit(before, by.actor, clock.now()),
      };
      await writeVersion(tx, before, after);
      const details = {
        changes: changesOf(auditedFields(before), auditedFields(after)),
        ...(JSON.stringify(settings) !== JSON.stringify(split) && { settings: "changed" }),
      };
      await audit.record(tx, { ...entryOf(after, "channel.changed", by), details });
      return after;
    });
    return toChannel(changed, vault, await confirmations.readConfirmed(orgId));
  };
}

function createRemove({ store, audit }: NotificationsContext): ChannelService["remove"] {
  return (orgId, channelId, by) =>
    store.transaction(async (tx) => {
      const row = await requireChannel(tx, orgId, channelId);
      const users = (await readPolicies(tx, orgId)).filter((policy) => {
        const { recipients, escalateTo } = definitionOf(policy);
        return [...recipients.channelIds, ...escalateTo.channelIds].includes(channelId);
      });
      if (users.length > 0) {
        const names = users.map(({ name }) => `“${name}”`).join(", ");
        throw new MusterError(
          "conflict",
          `The channel cannot be deleted: notification policies use it (${names}). Change them first.`,
        );
      }
      await deleteChannel(tx, orgId, channelId);
      await audit.record(tx, entryOf(row, "channel.removed", by));
    });
}

function createRotation({
  store,
  clock,
  vault,
  audit,
}: NotificationsContext): ChannelService["rotateSecret"] {
  return async (orgId, channelId, by) => {
    const signingSecret = signingSecretOf(randomBytes(SECRET_BYTES));
    const validUntil = clock.now() + PREVIOUS_SECRET_MS;
    await store.transaction(async (tx) => {
      const before = await requireChannel(tx, orgId, channelId);
      const secrets = vault.open(before);
      if (secrets.signing === null)
        throw new MusterError("conflict", "Only a webhook has a secret for signatures.");
      const previous = { secret: secrets.signing.secret, validUntil };
      const sealed = vault.seal(before, { ...secrets, signing: { secret: signingSecret, previous } });
      const after = { ...before, sealed_secrets: sealed, ...nextEdit(before, by.actor, clock.now()) };
      await writeVersion(tx, before, after);
      await audit.record(tx, entryOf(after, "channel.secret-rotated", by));
    });
    return { signingSecret, previousValidUntil: toInstant(validUntil) };
  };
}

/** Throws `not-found`. */
export async function requireChannel(
  db: Parameters<typeof findChannel>[0],
  orgId: string,
  channelId: string,
): Promise<ChannelRow> {
  const row = await findChannel(db, orgId, channelId);
  if (!row) throw new MusterError("not-found", "There is no channel with this id.");
  return row;
}

/** Another server may have changed the channel since it was read. */
async function writeVersion(tx: Transaction<Tables>, before: ChannelRow, after: ChannelRow): Promise<void> {
  const { edit_version } = before;
  if (!(await updateChannel(tx, after, edit_version)))
    assertVersion(edit_version, toEditInfo({ ...before, edit_version: edit_version + 1 }));
}

async function runUnlessTaken<Result>(
  store: Store,
  work: (tx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  try {
    return await store.transaction(work);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new MusterError("conflict", "Another channel has this name.");
  }
}

function namesOf(name: string): Pick<ChannelRow, "name" | "name_key"> {
  return { name, name_key: nameKeyOf(name) };
}

function auditedFields({ name, language, is_enabled }: ChannelRow) {
  return { name, language, isEnabled: is_enabled === 1 };
}

function entryOf({ id, org_id, name }: ChannelRow, action: AuditAction, by: ChangedBy) {
  return { orgId: org_id, ...by, action, subject: { type: "channel", id, name } };
}
