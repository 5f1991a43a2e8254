const NARROW_SPACE = "\u202f";

/** French texts with the no-break spaces that the language requires before ; : ? ! and inside « », so that authors type ordinary ones. */
export function withFrenchSpacing<Texts extends object>(texts: Texts): Texts {
  const spaced: Texts = JSON.parse(JSON.stringify(texts), (_key, value: unknown) =>
    typeof value === "string" ? spacedText(value) : value,
  );
  return spaced;
}

function spacedText(text: string): string {
  return text.replace(/ (?=[;:?!»])/g, NARROW_SPACE).replaceAll("« ", `«${NARROW_SPACE}`);
}
