// Placeholders that manufacturers leave in firmware fields.
const PLACEHOLDER =
  /^(to be filled by o\.?e\.?m\.?|default string|system (product name|manufacturer|serial number|version)|not (specified|applicable|available|present)|none|n\/?a|unknown|o\.?e\.?m\.?|invalid|0+|123456789\d*|0123456789|x+|\.+|-+)$/i;

/** The text trimmed; undefined when it is empty or a placeholder. */
export function meaningfulText(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" || PLACEHOLDER.test(trimmed) ? undefined : trimmed;
}

/** The texts of one part of the machine; undefined when none of them is known. */
export function known<Part extends Readonly<Record<string, string | undefined>>>(
  part: Part,
): Part | undefined {
  return Object.values(part).some((text) => text !== undefined) ? part : undefined;
}
