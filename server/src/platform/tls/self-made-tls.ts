import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import type { Logger } from "../logging/logger.ts";
import { createPrivateFile, ensurePrivateFolder } from "../private-file.ts";
import { StartError } from "../start-error.ts";
import type { CertifiedKey } from "./issue-certificate.ts";

const DAY_MS = 86_400_000;
const LIFE_MS = 90 * DAY_MS;
const RENEW_BEFORE_END_MS = 30 * DAY_MS;
const CHECK_INTERVAL_MS = 3_600_000;

export type SelfMadeTlsFiles = {
  certFile: string;
  keyFile: string;
  authorityFile: string;
  authorityKeyFile: string;
};

/** The files of MUSTER_TLS=self. */
export function selfMadeTlsFiles(dataDir: string): SelfMadeTlsFiles {
  const file = (name: string) => path.resolve(dataDir, "tls", name);
  return {
    certFile: file("server.pem"),
    keyFile: file("server.key"),
    authorityFile: file("authority.pem"),
    authorityKeyFile: file("authority.key"),
  };
}

/** SHA-256 of the authority's certificate, which agents pin; null before the first start. */
export function readAuthorityPin({ authorityFile }: SelfMadeTlsFiles): string | null {
  if (!existsSync(authorityFile)) return null;
  const { raw } = new X509Certificate(readFileSync(authorityFile));
  return createHash("sha256").update(raw).digest("hex");
}

type Options = {
  dataDir: string;
  /** Names and addresses by which the server is reached, as they are now. */
  listNames: () => readonly string[];
  now: () => number;
  log: Logger;
};

/**
 * Makes the authority once, and a certificate of it whenever there is none for the present names, or the present one ends within 30 days.
 * The listener notices a new file by itself. Throws StartError when the files cannot be used.
 */
export async function maintainSelfMadeTls(options: Options): Promise<{ stop(): void }> {
  await renew(options);
  const timer = setInterval(() => {
    renew(options).catch((error: unknown) =>
      options.log.error({ err: error }, "The server's certificate cannot be renewed"),
    );
  }, CHECK_INTERVAL_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

async function renew({ dataDir, listNames, now, log }: Options): Promise<void> {
  const files = selfMadeTlsFiles(dataDir);
  const names = [...new Set(listNames())];
  try {
    ensurePrivateFolder(dataDir);
    ensurePrivateFolder(path.dirname(files.certFile));
    const isNew = !existsSync(files.authorityFile);
    if (!isNew && isCurrent(files, names, now())) return;
    // Loaded when it is needed: it takes a third of a second.
    const { issueCertificate, makeAuthority } = await import("./issue-certificate.ts");
    if (isNew) {
      const authority = await makeAuthority("Muster authority", now());
      replace(files.authorityKeyFile, authority.key);
      replace(files.authorityFile, authority.certificate);
      log.info(
        "Created the server's own authority. Keep a copy of the folder tls: agents trust nothing else",
      );
    }
    const issued = await issueCertificate(readAuthority(files), { names, nowMs: now(), lifeMs: LIFE_MS });
    // The key first: the listener reads both when the certificate changes.
    replace(files.keyFile, issued.key);
    replace(files.certFile, issued.certificate);
    log.info({ names }, "Created a certificate of the server's own authority");
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`MUSTER_TLS=self cannot use the folder ${path.dirname(files.certFile)}: ${reason}`, {
      cause: error,
    });
  }
}

function readAuthority({ authorityFile, authorityKeyFile }: SelfMadeTlsFiles): CertifiedKey {
  if (!existsSync(authorityKeyFile)) {
    throw new StartError(
      `The key of the server's authority is missing: restore ${authorityKeyFile}. Agents trust only certificates that it signed.`,
    );
  }
  return { certificate: readFileSync(authorityFile, "utf8"), key: readFileSync(authorityKeyFile, "utf8") };
}

function isCurrent(files: SelfMadeTlsFiles, names: readonly string[], nowMs: number): boolean {
  if (!existsSync(files.certFile) || !existsSync(files.keyFile)) return false;
  const certificate = new X509Certificate(readFileSync(files.certFile));
  const authority = new X509Certificate(readFileSync(files.authorityFile));
  return (
    certificate.checkIssued(authority) &&
    certificate.checkPrivateKey(createPrivateKey(readFileSync(files.keyFile))) &&
    certificate.validToDate.getTime() - nowMs > RENEW_BEFORE_END_MS &&
    names.every((name) => isNamed(certificate, name))
  );
}

function isNamed(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

/** Replaces a file as a whole, for the server's account alone. */
function replace(file: string, text: string): void {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  createPrivateFile(fresh);
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}
