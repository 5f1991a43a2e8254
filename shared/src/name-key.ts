/** What two names have in common that are taken for the same one: neither case, accents nor white space count. */
export function nameKeyOf(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/\s+/gu, " ")
    .trim()
    .normalize("NFC");
}
