/** Downloads a text as a CSV file. `name` may be any text; today's date and the extension follow it. */
export function downloadCsv(name: string, text: string): void {
  download(`${name}-${today()}.csv`, new Blob([text], { type: "text/csv;charset=utf-8" }));
}

/** Downloads an image, named in the same way. */
export function downloadPng(name: string, image: Blob): void {
  download(`${name}-${today()}.png`, image);
}

function download(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName.replaceAll(/[^\p{L}\p{N}.-]+/gu, "-");
  link.click();
  URL.revokeObjectURL(url);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
