import { CHANNELS } from "@muster/shared/alarms/channels/catalog.ts";
import { type Channel, ChannelSettings, SECRET_MASK } from "@muster/shared/contracts/channel.ts";
import { toEditInfo } from "../../../platform/edit-version.ts";
import { toNullableInstant } from "../../../platform/instant.ts";
import type { ChannelRow } from "../notifications.tables.ts";
import { hostOf, type SplitSettings } from "./channel-input.ts";
import type { ChannelVault } from "./channel-secrets.ts";

export function splitSettingsOf(row: ChannelRow, vault: ChannelVault): SplitSettings {
  return { visible: JSON.parse(row.settings), secret: vault.open(row).settings };
}

/** The channel as members see it: every secret is a mask. `confirmed` are the mail addresses that get messages. */
export function toChannel(row: ChannelRow, vault: ChannelVault, confirmed: ReadonlySet<string>): Channel {
  const split = splitSettingsOf(row, vault);
  const masked = Object.keys(split.secret).map((name) => [name, SECRET_MASK]);
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    settings: ChannelSettings.parse({ ...split.visible, ...Object.fromEntries(masked) }),
    host: hostOf(row.type, split),
    unconfirmedAddresses: addressesOf(row).filter((address) => !confirmed.has(address)),
    language: row.language,
    isEnabled: row.is_enabled === 1,
    lastSentAt: toNullableInstant(row.last_sent_at),
    failingSince: toNullableInstant(row.failing_since),
    ...toEditInfo(row),
  };
}

/** The mail addresses of a channel, each once; none for one that sends no mails. */
export function addressesOf({ type, settings }: Pick<ChannelRow, "type" | "settings">): string[] {
  if (type === "ticket-mail") return [CHANNELS[type].settings.parse(JSON.parse(settings)).address];
  if (type !== "email") return [];
  return [...new Set(CHANNELS.email.settings.parse(JSON.parse(settings)).addresses)];
}
