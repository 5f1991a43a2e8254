import { beforeEach, describe, expect, it } from "vitest";
import { createFakeFiles, type FakeFiles } from "../../platform/fake/fake-files.ts";
import { hasKeyStore, type KeyStore, sealFiles } from "./sealed-files.ts";

const IDENTITY = "/home/agent/identity.json";
const KEY = "/home/agent/device-key-0123456789abcdef.pem";

/** A key store that turns bytes around: enough to tell sealed from plain. */
function createKeyStore(): KeyStore & { isOpen: boolean; isRotated: boolean } {
  return {
    isOpen: true,
    isRotated: false,
    isAsyncEncryptionAvailable: async () => true,
    getSelectedStorageBackend: () => "gnome_libsecret",
    encryptStringAsync: async (text) => Buffer.from(text).map((byte) => 255 - byte) as Buffer,
    async decryptStringAsync(sealed) {
      if (!this.isOpen) throw new Error("locked");
      return {
        result: Buffer.from(sealed.map((byte) => 255 - byte)).toString(),
        shouldReEncrypt: this.isRotated,
      };
    },
  };
}

let files: FakeFiles;
let store: ReturnType<typeof createKeyStore>;
beforeEach(() => {
  files = createFakeFiles();
  store = createKeyStore();
});

describe("files with a secret", () => {
  it.each([IDENTITY, KEY])("are encrypted on the disk and read unchanged: %s", async (path) => {
    const sealed = sealFiles(files, store);
    await sealed.replace(path, "a secret", { sync: true });
    expect(await files.read(path)).not.toContain("a secret");
    expect(await files.read(path)).not.toContain(Buffer.from("a secret").toString("base64"));
    expect(await sealed.read(path)).toBe("a secret");
  });

  it("are the only ones that are encrypted", async () => {
    const sealed = sealFiles(files, store);
    await sealed.replace("/home/agent/pause.json", "{}", { sync: true });
    expect(await files.read("/home/agent/pause.json")).toBe("{}");
  });

  it("are read if they were written without a key store, and encrypted at the next write", async () => {
    await files.replace(IDENTITY, "{}", { sync: true });
    const sealed = sealFiles(files, store);
    expect(await sealed.read(IDENTITY)).toBe("{}");
    await sealed.replace(IDENTITY, "{}", { sync: true });
    expect(await files.read(IDENTITY)).not.toBe("{}");
  });

  it("are read as damaged if they cannot be decrypted, and stay unchanged", async () => {
    const sealed = sealFiles(files, store);
    await sealed.replace(IDENTITY, '{"version":1}', { sync: true });
    const before = await files.read(IDENTITY);
    store.isOpen = false;
    expect(() => JSON.parse(String(before))).toThrow();
    expect(await sealed.read(IDENTITY)).toBe(before);
    expect(await files.read(IDENTITY)).toBe(before);
  });

  it("are encrypted again when the key was changed", async () => {
    const sealed = sealFiles(files, store);
    await sealed.replace(IDENTITY, "a secret", { sync: true });
    store.isRotated = true;
    const writes: string[] = [];
    const watched = sealFiles(
      { ...files, replace: (path, ...rest) => (writes.push(path), files.replace(path, ...rest)) },
      store,
    );
    expect(await watched.read(IDENTITY)).toBe("a secret");
    expect(writes).toEqual([IDENTITY]);
  });

  it("are read even if they cannot be written again", async () => {
    await sealFiles(files, store).replace(IDENTITY, "a secret", { sync: true });
    store.isRotated = true;
    const full = sealFiles({ ...files, replace: () => Promise.reject(new Error("ENOSPC")) }, store);
    expect(await full.read(IDENTITY)).toBe("a secret");
  });
});

describe("a key store", () => {
  it.each([
    ["gnome_libsecret", true],
    ["kwallet6", true],
    ["basic_text", false],
    ["unknown", false],
  ] as const)("%s counts on Linux: %s", async (backend, counts) => {
    expect(await hasKeyStore({ ...store, getSelectedStorageBackend: () => backend }, true)).toBe(counts);
  });

  it("is not used if it does not exist", async () => {
    const none = { ...store, isAsyncEncryptionAvailable: async () => false };
    expect(await hasKeyStore(none, true)).toBe(false);
    expect(await hasKeyStore(none, false)).toBe(false);
  });
});
