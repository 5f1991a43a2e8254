import sharp, { type Sharp } from "sharp";

/** A square picture: 8 bits each of red, green, blue and opacity for each pixel, rows from the top. */
export type Picture = { size: number; rgba: Buffer };

/** Renders a drawing with a viewBox and no size of its own into a square. @param size pixels */
export async function renderPng(svg: string, size: number): Promise<Buffer> {
  return render(svg, size).png({ compressionLevel: 9 }).toBuffer();
}

/** The same as its bare pixels. */
export async function renderPicture(svg: string, size: number): Promise<Picture> {
  return { size, rgba: await render(svg, size).ensureAlpha().raw().toBuffer() };
}

function render(svg: string, size: number): Sharp {
  return sharp(Buffer.from(svg.replace("<svg ", `<svg width="${size}" height="${size}" `)));
}
