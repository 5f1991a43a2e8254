// Control characters could fake a second line; direction marks could reorder the text around them.
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/** Untrusted text as one line of at most `max` characters, without invisible characters. */
export function singleLine(text: string, max: number): string {
  const characters = [...text.replace(INVISIBLE, " ").replace(/\s+/g, " ").trim()];
  return characters.length <= max ? characters.join("") : `${characters.slice(0, max - 1).join("")}…`;
}

/** A menu label. Electron treats a single `&` as the mark of an access key on every system, so it is doubled. */
export function menuLabel(text: string, max = 80): string {
  return singleLine(text, max).replaceAll("&", "&&");
}

/** Cuts to `max` UTF-16 units without splitting a character. */
export function truncateText(text: string, max: number): string {
  if (text.length <= max) return text;
  let cut = "";
  for (const character of text) {
    if (cut.length + character.length > max - 1) break;
    cut += character;
  }
  return `${cut}…`;
}
