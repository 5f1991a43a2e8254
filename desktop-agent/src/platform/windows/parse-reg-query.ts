/** Reads a value that `reg query KEY /v NAME` prints: "    MachineGuid    REG_SZ    4c4c4544-...". */
export function parseRegQuery(text: string, name: string): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s+(.+?)\s{2,}REG_[A-Z_]+\s{2,}(.*)$/.exec(line);
    if (match?.[1]?.toLowerCase() === name.toLowerCase()) return match[2]?.trim();
  }
  return undefined;
}
