/** An HTTP proxy. `authorization` is the header's value, null where the proxy asks for no name. Never shown or logged. */
export type ProxyServer = { host: string; port: number; authorization: string | null };

/** The proxy for a server's base URL, null where it is reached directly. */
export type ProxyFor = (serverUrl: string) => ProxyServer | null;

export const NO_PROXY: ProxyFor = () => null;

type Environment = Record<string, string | undefined>;
type ProxyChoice = { kind: "ready"; proxyFor: ProxyFor } | { kind: "invalid"; problem: string };

const REQUIREMENT = "must be the address of an HTTP proxy, as http://proxy.example:3128, or none";

/**
 * The proxy by the agent's own setting (`none`: no proxy), else by HTTPS_PROXY or HTTP_PROXY, upper or lower case, as the server's URL
 * is https or http. Hosts in NO_PROXY and this very machine are reached directly.
 * @param configured the agent's setting, null when there is none. Problems never show the value, which may hold a password.
 */
export function chooseProxy(environment: Environment, configured: string | null): ProxyChoice {
  const valueOf = (name: string) => environment[name.toLowerCase()] || environment[name] || null;
  const texts = {
    "https:": configured ?? valueOf("HTTPS_PROXY"),
    "http:": configured ?? valueOf("HTTP_PROXY"),
  };
  const https = parseProxy(texts["https:"]);
  const http = parseProxy(texts["http:"]);
  if (https === undefined || http === undefined) {
    const name = configured !== null ? "proxy" : https === undefined ? "HTTPS_PROXY" : "HTTP_PROXY";
    return { kind: "invalid", problem: `${name} ${REQUIREMENT}` };
  }
  const isExcluded = createExclusions(valueOf("NO_PROXY") ?? "");
  return {
    kind: "ready",
    proxyFor(serverUrl) {
      const url = new URL(serverUrl);
      return isExcluded(url) ? null : url.protocol === "https:" ? https : http;
    },
  };
}

/** Undefined when the text is no address of a proxy. */
function parseProxy(text: string | null): ProxyServer | null | undefined {
  if (text === null || text === "none") return null;
  // As other programs take it: host and port alone are enough.
  const url = URL.parse(text.includes("://") ? text : `http://${text}`);
  if (url?.protocol !== "http:" || url.pathname !== "/" || url.search !== "") return undefined;
  const names = [url.username, url.password].map(decode);
  if (names.includes(undefined)) return undefined;
  const authorization =
    url.username === "" ? null : `Basic ${Buffer.from(names.join(":"), "utf8").toString("base64")}`;
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port || 80), authorization };
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined; // A lone percent sign: said by the caller.
  }
}

/** NO_PROXY: names and the names below them, addresses, with or without a port; `*` for all. */
function createExclusions(list: string): (url: URL) => boolean {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "");
  return ({ hostname, port, protocol }) => {
    const host = hostname.replace(/^\[|\]$/g, "");
    if (host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)) return true;
    const hostPort = `${host}:${port || (protocol === "https:" ? 443 : 80)}`;
    return entries.some((entry) => {
      const name = entry.replace(/^\*?\./, "").replace(/^\[(.*)\]/, "$1");
      return entry === "*" || [host, hostPort].some((own) => own === name || own.endsWith(`.${name}`));
    });
  };
}
