// What mainboards carry whose maker never set one.
const PLACEHOLDERS = new Set([
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "03000200-0400-0500-0006-000700080009",
  "00020003-0004-0005-0006-000700080009",
  "12345678-1234-5678-90ab-cddeefaabbcc",
]);

/** The UUID in lower case; null when the text holds none or one that many machines share. */
export function meaningfulUuid(text: string | undefined): string | null {
  const uuid = text?.trim().toLowerCase() ?? "";
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return null;
  return PLACEHOLDERS.has(uuid) ? null : uuid;
}
