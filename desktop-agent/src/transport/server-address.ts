/** Where the server is and how it is trusted, as stored at enrolment. */
export type ServerAddress = {
  /** Base URL without a trailing slash; may have a path. */
  url: string;
  /** Certificate authority (PEM) that must have signed the server's certificate; null: those that the system trusts. */
  caPem: string | null;
  /** Plain HTTP beyond loopback was explicitly allowed. */
  insecureHttp: boolean;
};

export type AddressCheck = { kind: "usable"; url: string } | { kind: "refused"; reason: string };

/** Normalizes a base URL. Plain HTTP is for loopback only, unless `insecureHttp` explicitly says otherwise. */
export function checkServerUrl(text: string, insecureHttp: boolean): AddressCheck {
  const url = URL.parse(text);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return { kind: "refused", reason: "The address of the server must be a URL that starts with https://." };
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return {
      kind: "refused",
      reason: "The address of the server must not contain a user, a query or a fragment.",
    };
  }
  if (url.protocol === "http:" && !insecureHttp && !isLoopback(url.hostname)) {
    return {
      kind: "refused",
      reason:
        "Plain HTTP would expose the credential on the network. Use https, or --insecure-http if you accept that.",
    };
  }
  return { kind: "usable", url: url.href.replace(/\/+$/, "") };
}

/** Whether a normalized base URL leads to this very machine. */
export function isLoopbackUrl(url: string): boolean {
  return isLoopback(new URL(url).hostname);
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
