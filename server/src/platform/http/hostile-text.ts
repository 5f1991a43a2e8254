/**
 * Finds text that no column takes: NUL and lone surrogates. Returns the dotted path of the first, null when there is none.
 * Walks without recursion, so depth is no danger.
 */
export function findHostileText(value: unknown): string | null {
  const open: { path: string; value: unknown }[] = [{ path: "", value }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value === "string") {
      if (isHostile(next.value)) return next.path;
    } else if (typeof next.value === "object" && next.value !== null) {
      for (const [key, inner] of Object.entries(next.value)) {
        if (isHostile(key)) return next.path;
        open.push({ path: next.path === "" ? key : `${next.path}.${key}`, value: inner });
      }
    }
  }
  return null;
}

function isHostile(text: string): boolean {
  return text.includes("\0") || !text.isWellFormed();
}
