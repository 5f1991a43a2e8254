import { basename } from "node:path";
import type { SafeStorage } from "electron";
import type { FilePort } from "../../platform/ports.ts";

export type KeyStore = Pick<
  SafeStorage,
  "isAsyncEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync" | "getSelectedStorageBackend"
>;

const SEAL = "muster-sealed-1:";
const SECRETS = /^(identity\.json|device-key-[0-9a-f]{16}\.pem)$/;

/**
 * Whether the system stores an encryption key for this app. On Linux "basic_text" is a fixed, well-known key that protects no
 * better than the file's mode, so it counts as no key store.
 */
export async function hasKeyStore(store: KeyStore, isLinux: boolean): Promise<boolean> {
  if (isLinux && ["basic_text", "unknown"].includes(store.getSelectedStorageBackend())) return false;
  return store.isAsyncEncryptionAvailable();
}

/**
 * Encrypts the files that hold a secret of the device (its credential and its key). An unencrypted file, written earlier or without
 * a key store, is read as it is and encrypted at the next write. A file that cannot be decrypted reads as damaged.
 */
export function sealFiles(files: FilePort, store: KeyStore): FilePort {
  const sealAnew = async (path: string, secret: string) =>
    files.replace(path, await seal(store, secret), { sync: true });

  return {
    ...files,
    async read(path) {
      const text = await files.read(path);
      if (text === null || !SECRETS.test(basename(path)) || !text.startsWith(SEAL)) return text;
      const opened = await open(store, text);
      if (!opened) return text;
      // If this fails, the file is still valid, and the next read tries again.
      if (opened.shouldReEncrypt) await sealAnew(path, opened.result).catch(() => undefined);
      return opened.result;
    },
    async replace(path, text, options) {
      const isSecret = SECRETS.test(basename(path));
      return files.replace(path, isSecret ? await seal(store, text) : text, options);
    },
  };
}

async function seal(store: KeyStore, text: string): Promise<string> {
  return SEAL + (await store.encryptStringAsync(text)).toString("base64");
}

async function open(store: KeyStore, sealed: string) {
  try {
    return await store.decryptStringAsync(Buffer.from(sealed.slice(SEAL.length), "base64"));
  } catch {
    return null; // The key store belongs to another account or was reset. The caller sees a damaged file.
  }
}
