/** Reads /etc/os-release: assignments in the syntax of the shell, as text by name. */
export function parseOsRelease(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim());
    if (match?.[1] !== undefined && match[2] !== undefined) values.set(match[1], unquote(match[2]));
  }
  return values;
}

function unquote(text: string): string {
  const quote = text[0];
  if (quote === "'" && text.endsWith("'")) return text.slice(1, -1);
  const inner = quote === '"' && text.length > 1 && text.endsWith('"') ? text.slice(1, -1) : text;
  return inner.replaceAll(/\\(["'$`\\])/g, "$1");
}
