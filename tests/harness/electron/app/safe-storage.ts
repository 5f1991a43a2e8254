import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { SafeStorage } from "electron";
import { app } from "./app.ts";
import { settings } from "./test-host.ts";

const PREFIX = Buffer.from("v11");
const key = createHash("sha256").update(settings.home).digest();
let allowsPlainText = false;

const isAvailable = () =>
  settings.keyStore === "gnome_libsecret" || (settings.keyStore === "basic_text" && allowsPlainText);

function mustBeAvailable(): void {
  if (!app.isReady()) throw new Error("safeStorage cannot be used before app is ready");
  if (!isAvailable())
    throw new Error("Error while encrypting the text provided to safeStorage.encryptString.");
}

function encryptString(plainText: string): Buffer {
  mustBeAvailable();
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([cipher.update(plainText, "utf8"), cipher.final()]);
  return Buffer.concat([PREFIX, iv, cipher.getAuthTag(), sealed]);
}

function decryptString(encrypted: Buffer): string {
  mustBeAvailable();
  const start = PREFIX.length;
  const decipher = createDecipheriv("aes-256-gcm", key, encrypted.subarray(start, start + 12));
  decipher.setAuthTag(encrypted.subarray(start + 12, start + 28));
  return decipher.update(encrypted.subarray(start + 28), undefined, "utf8") + decipher.final("utf8");
}

export const safeStorage = {
  isEncryptionAvailable: () => app.isReady() && isAvailable(),
  isAsyncEncryptionAvailable: async () => app.isReady() && isAvailable(),
  getSelectedStorageBackend: () => (settings.keyStore === "none" ? "unknown" : settings.keyStore),
  setUsePlainTextEncryption: (usePlainText: boolean) => {
    allowsPlainText = usePlainText;
  },
  encryptString,
  decryptString,
  encryptStringAsync: async (plainText: string) => encryptString(plainText),
  decryptStringAsync: async (encrypted: Buffer) => ({
    shouldReEncrypt: false,
    result: decryptString(encrypted),
  }),
} satisfies Partial<SafeStorage>;
