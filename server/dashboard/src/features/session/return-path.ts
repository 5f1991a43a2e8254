/** Where to go after signing in: a path of this site, never another host. */
export function returnPath(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/";
  const isLocal = next.startsWith("/") && !/^\/[/\\]/.test(next);
  return isLocal && !next.startsWith("/login") ? next : "/";
}

export function loginPath(path: string, search: string): string {
  const here = search === "" ? path : `${path}?${search.replace(/^\?/, "")}`;
  return here === "/" || path === "/login" ? "/login" : `/login?next=${encodeURIComponent(here)}`;
}

/** The history state of a sign-in page that a session's end led to. */
export const SESSION_ENDED = { hasSessionEnded: true } as const;
