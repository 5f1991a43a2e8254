import path from "node:path";
import type { LimitRates } from "../http/request-limits.ts";
import { selfMadeTlsFiles } from "../tls/self-made-tls.ts";
import { listNetworkAddresses } from "./network-addresses.ts";
import type { Settings } from "./settings.ts";

/** The settings as the server uses them: complete, consistent, with absolute paths. */
export type Configuration = {
  port: number;
  host: string;
  /** True when only this computer can reach the server. */
  isLoopback: boolean;
  dataDir: string;
  databaseUrl: string;
  /** Without a slash at its end; null when it is derived from the port. */
  publicUrl: string | null;
  /** Host names beside that of the public URL. */
  allowedHosts: readonly string[];
  masterKey: string | null;
  masterKeyFile: string | null;
  trustedProxies: readonly string[];
  /** `isSelfMade`: the server maintains the files itself, with an authority of its own. */
  tls: { certFile: string; keyFile: string; isSelfMade: boolean } | null;
  /** Null when no mails can be sent. */
  mail: { smtpUrl: string; from: string; caFile: string | null } | null;
  /** Networks beyond the public ones that channels may send to. */
  webhookAllowPrivate: readonly string[];
  heartbeatUrl: string | null;
  logLevel: Settings["logLevel"];
  /** Whether the server builds agents after its start. */
  buildsAgent: boolean;
  retention: { rawDays: number; fiveMinuteDays: number; hourDays: number };
  limits: LimitRates;
  /** Open connections of one address that is no trusted proxy. */
  addressConnections: number;
  /** True outside production: answers are checked against their schemas. */
  checksAnswers: boolean;
};

/** Creates the configuration, or returns the contradictions between settings. */
export function configurationOf(
  settings: Settings,
  nodeEnv: string | undefined,
): Configuration | { problems: string[] } {
  const problems = problemsBetween(settings);
  if (problems.length > 0) return { problems };
  const dataDir = path.resolve(settings.dataDir);
  const { masterKeyFile } = settings;
  return {
    port: settings.port,
    host: settings.host,
    isLoopback: isLoopback(settings.host),
    dataDir,
    databaseUrl: settings.databaseUrl ?? `sqlite:${path.join(dataDir, "muster.db")}`,
    publicUrl: settings.publicUrl === undefined ? null : withoutSlash(new URL(settings.publicUrl)),
    allowedHosts: settings.allowedHosts,
    masterKey: settings.masterKey ?? null,
    masterKeyFile: masterKeyFile === undefined ? null : path.resolve(masterKeyFile),
    trustedProxies: settings.trustedProxies,
    tls: tlsOf(settings, dataDir),
    mail: mailOf(settings),
    webhookAllowPrivate: settings.webhookAllowPrivate,
    heartbeatUrl: settings.heartbeatUrl ?? null,
    logLevel: settings.logLevel,
    buildsAgent: settings.buildAgent,
    retention: {
      rawDays: settings.retentionRawDays,
      fiveMinuteDays: settings.retentionFiveMinuteDays,
      hourDays: settings.retentionHourDays,
    },
    limits: {
      device: { perSecond: settings.deviceRequestsPerSecond, burst: settings.deviceRequestsAtOnce },
      organization: {
        perSecond: settings.organizationRequestsPerSecond,
        burst: settings.organizationRequestsAtOnce,
      },
      member: { perSecond: settings.memberRequestsPerSecond, burst: settings.memberRequestsAtOnce },
      address: { perSecond: settings.addressRequestsPerSecond, burst: settings.addressRequestsAtOnce },
      work: {
        device: { perSecond: settings.deviceWorkMsPerSecond, burst: settings.deviceWorkMsAtOnce },
        organization: {
          perSecond: settings.organizationWorkMsPerSecond,
          burst: settings.organizationWorkMsAtOnce,
        },
        member: { perSecond: settings.memberWorkMsPerSecond, burst: settings.memberWorkMsAtOnce },
        address: { perSecond: settings.addressWorkMsPerSecond, burst: settings.addressWorkMsAtOnce },
      },
    },
    addressConnections: settings.addressConnections,
    checksAnswers: nodeEnv === "test" || nodeEnv === "development",
  };
}

function mailOf({ smtpUrl, mailFrom, smtpCaFile }: Settings): Configuration["mail"] {
  if (smtpUrl === undefined || mailFrom === undefined) return null;
  return { smtpUrl, from: mailFrom, caFile: smtpCaFile === undefined ? null : path.resolve(smtpCaFile) };
}

function tlsOf({ tls, tlsCertFile, tlsKeyFile }: Settings, dataDir: string): Configuration["tls"] {
  if (tls === "self") {
    const { certFile, keyFile } = selfMadeTlsFiles(dataDir);
    return { certFile, keyFile, isSelfMade: true };
  }
  if (tlsCertFile === undefined || tlsKeyFile === undefined) return null;
  return { certFile: path.resolve(tlsCertFile), keyFile: path.resolve(tlsKeyFile), isSelfMade: false };
}

/**
 * Address at which browsers and agents reach the server: the configured one, or else the one that it listens on. Where it listens on all, the
 * first of this computer on its networks.
 */
export function publicUrlOf(
  { publicUrl, host, port, tls }: Pick<Configuration, "publicUrl" | "host" | "port" | "tls">,
  networkAddresses: readonly string[] = listNetworkAddresses(),
): string {
  if (publicUrl !== null) return publicUrl;
  const own = isWildcard(host) ? (networkAddresses[0] ?? "localhost") : isLoopback(host) ? "localhost" : host;
  return `${tls === null ? "http" : "https"}://${own.includes(":") ? `[${own}]` : own}:${port}`;
}

/** True for an address that means every address of this computer. */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** Path of the public URL, such as `/muster`; empty when the server is at the root. */
export function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, "");
}

function withoutSlash({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/$/, "");
}

function problemsBetween(settings: Settings): string[] {
  const problems: string[] = [];
  const hasCert = settings.tlsCertFile !== undefined;
  if (hasCert !== (settings.tlsKeyFile !== undefined)) {
    problems.push("MUSTER_TLS_CERT_FILE and MUSTER_TLS_KEY_FILE go together: set both or neither");
  }
  if (settings.tls === "self" && hasCert) {
    problems.push("MUSTER_TLS=self and MUSTER_TLS_CERT_FILE exclude each other: set one");
  }
  if (settings.masterKey !== undefined && settings.masterKeyFile !== undefined) {
    problems.push("MUSTER_MASTER_KEY and MUSTER_MASTER_KEY_FILE exclude each other: set one");
  }
  if (settings.databaseUrl?.startsWith("postgres") && !settings.masterKey && !settings.masterKeyFile) {
    problems.push(
      "PostgreSQL needs MUSTER_MASTER_KEY or MUSTER_MASTER_KEY_FILE, the same for every server on it",
    );
  }
  if ((settings.smtpUrl === undefined) !== (settings.mailFrom === undefined)) {
    problems.push("MUSTER_SMTP_URL and MUSTER_MAIL_FROM go together: set both or neither");
  }
  const isProtected =
    hasCert || settings.tls === "self" || settings.trustedProxies.length > 0 || settings.insecureHttp;
  if (!isLoopback(settings.host) && !isProtected) {
    problems.push(
      "MUSTER_HOST is not loopback: set MUSTER_TLS=self, or MUSTER_TLS_CERT_FILE and MUSTER_TLS_KEY_FILE, or MUSTER_TRUSTED_PROXIES for a proxy that speaks HTTPS, or MUSTER_INSECURE_HTTP=1",
    );
  }
  return problems;
}

/** True for an address or name that leads to this computer itself. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
