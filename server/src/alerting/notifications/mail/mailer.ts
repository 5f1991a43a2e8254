import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import type { OutgoingMessage, SendResult } from "../channels/outgoing-message.ts";
import { isLoopback } from "../../../platform/config/configuration.ts";
import { mailResultOf } from "./mail-result.ts";
import { mailTextOf } from "./mail-text.ts";

const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 20_000;
const MAX_CONNECTIONS = 4;
const MAX_THREADS = 20;

export type MailSettings = { smtpUrl: string; from: string; caFile: string | null };

export type Mailer = {
  /** Sends to one address, which was validated. */
  send(
    message: OutgoingMessage,
    to: { name: string; address: string },
    signal: AbortSignal,
  ): Promise<SendResult>;
  close(): void;
};

/** Sends mails over the operator's mail server: always over TLS, unless the server runs on this computer. */
export function createMailer({ smtpUrl, from, caFile }: MailSettings): Mailer {
  const url = new URL(smtpUrl);
  const isSecure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const sender = readSender(from);
  const domain = sender.address.split("@").at(-1) ?? "localhost";
  const transport = createTransport({
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    host,
    port: url.port === "" ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && !isLoopback(host),
    ...(url.username !== "" && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    ...(caFile !== null && { tls: { ca: readFileSync(caFile) } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // A mail never takes content from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async send(message, to, signal) {
      const threads = message.events
        .slice(0, MAX_THREADS)
        .map(({ alarm }) => `<alarm.${alarm.id}@${domain}>`);
      const sent = transport.sendMail({
        from: sender,
        to: { name: to.name, address: to.address },
        messageId: `<${message.id}@${domain}>`,
        ...(threads[0] !== undefined && { inReplyTo: threads[0], references: threads }),
        date: new Date(message.createdAt),
        headers: { "Auto-Submitted": "auto-generated" },
        ...mailTextOf(message),
      });
      return mailResultOf(sent, signal);
    },
    close: () => transport.close(),
  };
}

/** `Muster <muster@example.org>` or an address alone; the configuration has checked the form. */
function readSender(from: string): { name: string; address: string } {
  const [, name = "", address] = /^([^<]*)<([^>]+)>$/.exec(from) ?? [];
  return { name: address === undefined ? "Muster" : name.trim(), address: address ?? from };
}
