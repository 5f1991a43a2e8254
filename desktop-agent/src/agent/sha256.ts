/** SHA-256 of a text, 64 hexadecimal digits. */
export function sha256(text: string): string {
  // Not by `import`, which makes every export of the module, WebCrypto's too: 1 MiB of memory.
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}
