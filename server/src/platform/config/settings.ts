import { isIP } from "node:net";
import { z } from "zod";
import { isSender, isSmtpUrl } from "./mail-settings.ts";

/** Name of a setting in the environment, and its texts for error messages (which never show the value) and docs. */
type SettingDescription = { env: string; mustBe: string; about: string };

const descriptions = new WeakMap<z.ZodType, SettingDescription>();

function setting<Schema extends z.ZodType>(schema: Schema, about: SettingDescription): Schema {
  descriptions.set(schema, about);
  return schema;
}

const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** Settings of one token bucket: requests per second on average, and requests at once. */
const requestRate = (fallback: number) => z.coerce.number().min(0.01).max(1_000_000).default(fallback);
const burstSize = (fallback: number) => wholeNumber(1, 10_000_000).default(fallback);

/** Settings of the limit on the server's work: see "Limits" in docs/operations.md. */
const workRate = (caller: string, fallback: number, who: string) =>
  setting(requestRate(fallback), {
    env: `MUSTER_${caller}_WORK_MS_PER_S`,
    mustBe: "a number from 0.01 to 1000000",
    about: `Average milliseconds of the server's work per second for ${who}.`,
  });
const workBurst = (caller: string, fallback: number, who: string) =>
  setting(burstSize(fallback), {
    env: `MUSTER_${caller}_WORK_MS_AT_ONCE`,
    mustBe: "a whole number from 1 to 10000000",
    about: `Burst of milliseconds of the server's work for ${who}.`,
  });

const listOf = (isItem: (item: string) => boolean) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(","))])
    .transform((items) => items.map((item) => item.trim()).filter((item) => item !== ""))
    .refine((items) => items.every(isItem));

const yesOrNo = z.union([z.boolean(), z.stringbool()]);

/** Every setting of the server: in muster.yaml under these names, in the environment under `env`. */
export const settings = {
  port: setting(wholeNumber(0, 65_535).default(8080), {
    env: "MUSTER_PORT",
    mustBe: "a whole number from 0 to 65535",
    about: "Port to listen on; 0 for any free port.",
  }),
  host: setting(z.string().min(1).max(255).default("127.0.0.1"), {
    env: "MUSTER_HOST",
    mustBe: "an address or host name of this computer",
    about:
      "Address to listen on. Addresses other than loopback require a setting of the section “Beyond this computer”.",
  }),
  dataDir: setting(z.string().min(1).default("./data"), {
    env: "MUSTER_DATA_DIR",
    mustBe: "the path of a folder",
    about: "Folder of the database, the master key and the logs.",
  }),
  databaseUrl: setting(
    z
      .string()
      .regex(/^(sqlite:|postgres(ql)?:\/\/).+/)
      .optional(),
    {
      env: "MUSTER_DATABASE_URL",
      mustBe: "sqlite:<path> or postgres://user:password@host/database",
      about: "URL of the database; by default SQLite in the data folder, muster.db.",
    },
  ),
  publicUrl: setting(z.string().refine(isPublicUrl).optional(), {
    env: "MUSTER_PUBLIC_URL",
    mustBe:
      "an http or https address, as https://muster.example.org, or with a path, as https://example.org/muster, that does not begin with /api, /assets, /install or /metrics",
    about:
      "Address that browsers and agents use, with its path; links are built from it. By default localhost and the port.",
  }),
  allowedHosts: setting(listOf(isHostName).default([]), {
    env: "MUSTER_ALLOWED_HOSTS",
    mustBe: "host names without port, with commas between them",
    about: "Other names under which requests may reach this server. See the section “Names of the server”.",
  }),
  masterKey: setting(z.string().optional(), {
    env: "MUSTER_MASTER_KEY",
    mustBe: "32 bytes in base64 or hexadecimal",
    about: "Key that encrypts the secrets in the database. Required on PostgreSQL unless the file is set.",
  }),
  masterKeyFile: setting(z.string().min(1).optional(), {
    env: "MUSTER_MASTER_KEY_FILE",
    mustBe: "the path of a file that holds the master key",
    about:
      "File of the master key. On SQLite by default master.key in the data folder, created on the first start.",
  }),
  trustedProxies: setting(listOf(isRange).default([]), {
    env: "MUSTER_TRUSTED_PROXIES",
    mustBe: "addresses or ranges as 10.0.0.0/8, with commas between them",
    about: "Proxies whose header X-Forwarded-For or Forwarded is trusted; by default none.",
  }),
  insecureHttp: setting(yesOrNo.default(false), {
    env: "MUSTER_INSECURE_HTTP",
    mustBe: "1 or 0",
    about:
      "1 allows plain HTTP beyond this computer. Anyone on the network can then read and change the traffic.",
  }),
  tls: setting(z.enum(["self"]).optional(), {
    env: "MUSTER_TLS",
    mustBe: "self",
    about:
      "self: HTTPS with a certificate of the server's own authority, which agents pin. See the section “HTTPS without a certificate”.",
  }),
  tlsCertFile: setting(z.string().min(1).optional(), {
    env: "MUSTER_TLS_CERT_FILE",
    mustBe: "the path of a PEM file",
    about: "Certificate with its chain, for HTTPS. Read again when the file changes.",
  }),
  tlsKeyFile: setting(z.string().min(1).optional(), {
    env: "MUSTER_TLS_KEY_FILE",
    mustBe: "the path of a PEM file",
    about: "Private key of the certificate.",
  }),
  smtpUrl: setting(z.string().refine(isSmtpUrl).optional(), {
    env: "MUSTER_SMTP_URL",
    mustBe: "smtp://user:password@host:port or smtps://user:password@host:port",
    about:
      "Mail server for notifications. smtp requires STARTTLS unless the host is this computer. See the section “Notifications”.",
  }),
  mailFrom: setting(z.string().refine(isSender).optional(), {
    env: "MUSTER_MAIL_FROM",
    mustBe: "an address such as muster@example.org, or Muster <muster@example.org>",
    about: "Sender of mails. Required together with MUSTER_SMTP_URL.",
  }),
  smtpCaFile: setting(z.string().min(1).optional(), {
    env: "MUSTER_SMTP_CA_FILE",
    mustBe: "the path of a PEM file",
    about: "Authority of the mail server's certificate, where it is not a public one.",
  }),
  webhookAllowPrivate: setting(listOf(isRange).default([]), {
    env: "MUSTER_WEBHOOK_ALLOW_PRIVATE",
    mustBe: "addresses or ranges as 10.0.0.0/8, with commas between them",
    about:
      "Private networks that channels may send to. Loopback and link-local addresses are only open when listed themselves.",
  }),
  heartbeatUrl: setting(z.string().refine(isHttpUrl).optional(), {
    env: "MUSTER_HEARTBEAT_URL",
    mustBe: "an http or https address",
    about:
      "Address that the server calls every minute while its database, its scheduler and its delivery of notifications work.",
  }),
  logLevel: setting(z.enum(["trace", "debug", "info", "warn", "error"]).default("info"), {
    env: "MUSTER_LOG_LEVEL",
    mustBe: "trace, debug, info, warn or error",
    about: "Lowest level of log lines.",
  }),
  retentionRawDays: setting(wholeNumber(4, 3650).default(30), {
    env: "MUSTER_RETENTION_RAW_DAYS",
    mustBe: "a whole number from 4 to 3650",
    about: "Days that samples are kept; at least 4, because samples may arrive three days late.",
  }),
  retentionFiveMinuteDays: setting(wholeNumber(1, 3650).default(90), {
    env: "MUSTER_RETENTION_5MIN_DAYS",
    mustBe: "a whole number from 1 to 3650",
    about: "Days that rollups of 5 minutes are kept.",
  }),
  retentionHourDays: setting(wholeNumber(1, 36_500).default(730), {
    env: "MUSTER_RETENTION_HOUR_DAYS",
    mustBe: "a whole number from 1 to 36500",
    about: "Days that rollups of an hour are kept.",
  }),
  buildAgent: setting(yesOrNo.default(true), {
    env: "MUSTER_BUILD_AGENT",
    mustBe: "1 or 0",
    about: "0 turns off building agents for download after the start. See the section “Agents for download”.",
  }),
  deviceRequestsPerSecond: setting(requestRate(5), {
    env: "MUSTER_DEVICE_REQUESTS_PER_S",
    mustBe: "a number from 0.01 to 1000000",
    about: "Average requests per second of one device.",
  }),
  deviceRequestsAtOnce: setting(burstSize(60), {
    env: "MUSTER_DEVICE_REQUESTS_AT_ONCE",
    mustBe: "a whole number from 1 to 10000000",
    about: "Burst of requests of one device.",
  }),
  organizationRequestsPerSecond: setting(requestRate(10_000), {
    env: "MUSTER_ORGANIZATION_REQUESTS_PER_S",
    mustBe: "a number from 0.01 to 1000000",
    about: "The same for all devices of one organization together.",
  }),
  organizationRequestsAtOnce: setting(burstSize(20_000), {
    env: "MUSTER_ORGANIZATION_REQUESTS_AT_ONCE",
    mustBe: "a whole number from 1 to 10000000",
    about: "The same for all devices of one organization together.",
  }),
  memberRequestsPerSecond: setting(requestRate(50), {
    env: "MUSTER_MEMBER_REQUESTS_PER_S",
    mustBe: "a number from 0.01 to 1000000",
    about: "The same for one user in all their sessions, or one API key.",
  }),
  memberRequestsAtOnce: setting(burstSize(300), {
    env: "MUSTER_MEMBER_REQUESTS_AT_ONCE",
    mustBe: "a whole number from 1 to 10000000",
    about: "The same for one user in all their sessions, or one API key.",
  }),
  addressRequestsPerSecond: setting(requestRate(10), {
    env: "MUSTER_ADDRESS_REQUESTS_PER_S",
    mustBe: "a number from 0.01 to 1000000",
    about:
      "The same for one address (IPv6: one /64) without a valid credential: enrolment, wrong credentials. Sign-ins are counted apart, with the same limit.",
  }),
  addressRequestsAtOnce: setting(burstSize(100), {
    env: "MUSTER_ADDRESS_REQUESTS_AT_ONCE",
    mustBe: "a whole number from 1 to 10000000",
    about: "The same for one address without a valid credential.",
  }),
  addressConnections: setting(wholeNumber(10, 50_000).default(5_000), {
    env: "MUSTER_ADDRESS_CONNECTIONS",
    mustBe: "a whole number from 10 to 50000",
    about:
      "Connections that one address (IPv6: one /64) may have open. Trusted proxies have no such limit. An agent has two, a browser up to six.",
  }),
  deviceWorkMsPerSecond: workRate("DEVICE", 50, "one device"),
  deviceWorkMsAtOnce: workBurst("DEVICE", 1_000, "one device"),
  organizationWorkMsPerSecond: workRate("ORGANIZATION", 500, "everything that belongs to one organization"),
  organizationWorkMsAtOnce: workBurst("ORGANIZATION", 2_000, "everything that belongs to one organization"),
  memberWorkMsPerSecond: workRate("MEMBER", 250, "one browser session or API key"),
  memberWorkMsAtOnce: workBurst("MEMBER", 1_500, "one browser session or API key"),
  addressWorkMsPerSecond: workRate("ADDRESS", 100, "one address without a valid credential"),
  addressWorkMsAtOnce: workBurst("ADDRESS", 1_000, "one address without a valid credential"),
};

export const Settings = z.strictObject(settings);
export type Settings = z.infer<typeof Settings>;
export type SettingName = keyof typeof settings;

/** Every setting with its name in the environment and its texts. */
export function describeSettings(): ({ name: string; fallback: string } & SettingDescription)[] {
  return Object.entries(settings).map(([name, schema]) => ({
    name,
    fallback: defaultTextOf(schema),
    ...descriptionOf(schema),
  }));
}

/** The texts of a setting. */
export function descriptionOf(schema: z.ZodType): SettingDescription {
  const about = descriptions.get(schema);
  if (!about) throw new Error("A setting has no description.");
  return about;
}

function defaultTextOf(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return "";
  return Array.isArray(parsed.data) ? parsed.data.join(",") : z.coerce.string().parse(parsed.data);
}

/** A path may not hide the server's own paths, which it would be mistaken for where a proxy removes it. */
function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    // A URL may have hosts such as a'b or $(c), which would be read as commands where a shell gets it.
    /^([\w.-]+|\[[\da-f:.]+\])$/i.test(url.hostname) &&
    /^(\/[\w.~-]+)*\/?$/.test(url.pathname) &&
    !/^\/(api|assets|install|metrics)(\/|$)/.test(url.pathname) &&
    url.search + url.hash + url.username === ""
  );
}

function isHttpUrl(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? "");
}

function isHostName(text: string): boolean {
  return text.length <= 253 && /^[a-z\d_-]+(\.[a-z\d_-]+)*$/i.test(text);
}

function isRange(range: string): boolean {
  const [address = "", bits = "0", ...rest] = range.split("/");
  const family = isIP(address);
  return (
    family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32)
  );
}
