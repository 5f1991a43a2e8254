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
 * Whether the system keeps a key for us. On Linux "basic_text" is a fixed key that everybody knows: worth nothing beside the file's
 * own mode, so that counts as no key store.
 */
export async function hasKeyStore(store: KeyStore, isLinux: boolean): Promise<boolean> {
  if (isLinux && ["basic_text", "unknown"].includes(store.getSelectedStorageBackend())) return false;
  return store.isAsyncEncryptionAvailable();
}

/**
 * Files of which those with a secret of the device (its credential and its key) lie encrypted on the disk. A file from before, or from
 * a time without a key store, is read as it is and sealed when it is written next. One that cannot be opened reads as damaged.
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
      // What could not be sealed anew is as good as before, and is tried again at the next reading.
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
    return null; // Another account's key store, or one that was reset: the caller sees a damaged file.
  }
}
