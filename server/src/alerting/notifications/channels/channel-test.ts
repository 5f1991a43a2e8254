import type { ChannelTest } from "@muster/shared/contracts/channel.ts";
import { ATTEMPT_TIMEOUT_MS } from "../outbox/send-message.ts";
import type { NotificationsContext } from "../notifications-context.ts";
import { addressesOf } from "./channel-row.ts";
import { writeChannelHealth } from "./channel.repository.ts";
import { requireChannel } from "./channel.service.ts";
import type { OutgoingMessage, SendResult } from "./outgoing-message.ts";
import type { SendOverChannel } from "./send-over-channel.ts";

/** Sends a test message over a channel, on the way of every message, and reports what happened. Throws `not-found`. */
export type TestChannel = (orgId: string, channelId: string) => Promise<ChannelTest>;

export function createTestChannel(
  { store, clock, makeId }: NotificationsContext,
  { publicUrl, sendOverChannel }: { publicUrl: string; sendOverChannel: SendOverChannel },
): TestChannel {
  return async (orgId, channelId) => {
    const channel = await requireChannel(store.read, orgId, channelId);
    const message: OutgoingMessage = {
      id: makeId(),
      language: channel.language,
      publicUrl,
      createdAt: clock.now(),
      events: [],
      testOf: channel.name,
      confirmUrl: null,
    };
    const addresses = addressesOf(channel);
    const recipients = addresses.length > 0 ? addresses : [""];
    const startedAt = clock.monotonic();
    // For all recipients together: the caller waits.
    const signal = AbortSignal.timeout(ATTEMPT_TIMEOUT_MS);
    let result: SendResult | null = null;
    for (const recipient of recipients) {
      result = await sendOverChannel(channel, recipient, message, signal);
      if (result.outcome !== "sent") break;
    }
    const isSent = result?.outcome === "sent";
    await store.transaction((tx) =>
      writeChannelHealth(tx, { orgId, channelId }, { isSent, at: clock.now() }),
    );
    return {
      isSent,
      status: result?.status ?? null,
      answer: result?.answer ?? "",
      durationMs: Math.round(clock.monotonic() - startedAt),
    };
  };
}
