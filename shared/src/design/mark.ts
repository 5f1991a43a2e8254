/** The mark: a roll call, a row of dots of which one is lit. Drawn in a square of `size` units. */
export const MARK = {
  size: 32,
  dots: [
    { x: 5, y: 16, radius: 3.5, isLit: false },
    { x: 16, y: 16, radius: 5, isLit: true },
    { x: 27, y: 16, radius: 3.5, isLit: false },
  ],
} as const;

/** The mark as an SVG document; colours are CSS colours, `ground` is left out for a transparent one. */
export function markSvg(colours: { dot: string; lit: string; ground?: string }): string {
  const { size, dots } = MARK;
  const ground = colours.ground
    ? `<rect width="${size}" height="${size}" rx="7" fill="${colours.ground}"/>`
    : "";
  const circles = dots.map(
    (dot) =>
      `<circle cx="${dot.x}" cy="${dot.y}" r="${dot.radius}" fill="${dot.isLit ? colours.lit : colours.dot}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">${ground}${circles.join("")}</svg>`;
}
