import { createHmac } from "node:crypto";
import { toInstant, toNullableInstant } from "../../../platform/instant.ts";
import type { RequestsOf, SigningSecrets } from "./http-channel.ts";
import type { MessageEvent } from "./outgoing-message.ts";

const SECRET_PREFIX = "whsec_";

/** JSON with a signature of Standard Webhooks 1.0 (https://www.standardwebhooks.com): the id and the content stay over retries. */
export const webhookRequests: RequestsOf<"webhook"> = (message, { url }, { now, signingSecrets }) => {
  const isTest = message.testOf !== null;
  const body = JSON.stringify({
    type: isTest ? "test" : "alarms",
    timestamp: toInstant(message.createdAt),
    data: isTest ? { channel: message.testOf } : { events: message.events.map(wireEvent) },
  });
  const timestamp = String(Math.floor(now / 1000));
  return [
    {
      url,
      body,
      headers: {
        "content-type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signaturesOf(`${message.id}.${timestamp}.${body}`, signingSecrets),
      },
    },
  ];
};

function signaturesOf(content: string, secrets: SigningSecrets): string {
  return secrets
    .map((secret) => Buffer.from(secret.slice(SECRET_PREFIX.length), "base64"))
    .map((key) => `v1,${createHmac("sha256", key).update(content).digest("base64")}`)
    .join(" ");
}

/** A new signing secret from 32 random bytes. */
export function signingSecretOf(random: Buffer): string {
  return `${SECRET_PREFIX}${random.toString("base64")}`;
}

function wireEvent({ kind, eventNumber, at, severity, alarm }: MessageEvent) {
  return {
    kind,
    number: eventNumber,
    at: toInstant(at),
    alarm: {
      id: alarm.id,
      type: alarm.type,
      severity,
      title: alarm.title,
      text: alarm.sentence,
      deviceId: alarm.deviceId,
      deviceName: alarm.deviceName,
      ruleId: alarm.ruleId,
      ruleName: alarm.ruleName,
      customerId: alarm.customerId,
      openedAt: toInstant(alarm.openedAt),
      endedAt: toNullableInstant(alarm.endedAt),
      acknowledgedAt: toNullableInstant(alarm.acknowledgedAt),
      acknowledgedBy: alarm.acknowledgedBy,
    },
  };
}
