// Controls could forge a second line or drive what renders them; marks of direction could turn the words around them.
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/** A text of others as one line of at most `max` characters, without anything that is not seen. */
export function plainLabel(text: string, max: number): string {
  const characters = [...text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim()];
  return characters.length <= max ? characters.join("") : `${characters.slice(0, max - 1).join("")}…`;
}

/** A label that a menu shows as it is: Electron reads a lone `&` as the mark of an access key, on every system. */
export function menuLabel(text: string, max = 80): string {
  return plainLabel(text, max).replaceAll("&", "&&");
}

/** Cuts to `max` UTF-16 units without tearing a character. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  let cut = "";
  for (const character of text) {
    if (cut.length + character.length > max - 1) break;
    cut += character;
  }
  return `${cut}…`;
}
