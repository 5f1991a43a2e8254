import { isIP } from "node:net";

/** Names under which this server answers. */
export type AllowedHosts = {
  /** True for a Host header that names this server. Ports are ignored: a proxy may listen on another. */
  has(hostHeader: string): boolean;
};

const HOST = /^(?<name>\[[\da-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i;

/**
 * Allows `names`, local names and addresses. A page of another site can make its own name lead to this server (DNS rebinding) and then
 * counts as the same origin; it cannot do this with an address or a local name.
 */
export function createAllowedHosts(names: readonly string[]): AllowedHosts {
  const allowed = new Set(names.map((name) => name.toLowerCase()));
  // Nearly all requests come by the same name.
  let lastAllowed: string | null = null;

  function isAllowed(hostHeader: string): boolean {
    const name = HOST.exec(hostHeader)?.groups?.["name"]?.toLowerCase().replace(/\.$/, "");
    if (name === undefined) return false;
    return allowed.has(name) || isLocalName(name) || isIP(name.replaceAll(/[[\]]/g, "")) !== 0;
  }

  return {
    has(hostHeader) {
      if (hostHeader === lastAllowed) return true;
      if (!isAllowed(hostHeader)) return false;
      lastAllowed = hostHeader;
      return true;
    },
  };
}

function isLocalName(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost");
}
