import type { InstallWarning } from "@muster/shared/contracts/install.ts";
import {
  type Configuration,
  isLoopback,
  isWildcard,
  publicUrlOf,
} from "../../platform/config/configuration.ts";

/** How an agent knows that it talks to this server. */
export type ServerTrust = { kind: "certificate" | "loopback" | "none" } | { kind: "pin"; pin: string };

export type PublicAddress = {
  url: string;
  /** Whether machines other than the server's own reach it, as far as the settings tell. */
  isReachable: boolean;
  trust: ServerTrust;
  warnings: InstallWarning[];
};

type Given = {
  configuration: Pick<Configuration, "host" | "publicUrl" | "tls" | "trustedProxies">;
  port: number;
  /** Addresses of this computer on its networks, the most likely one first. */
  networkAddresses: readonly string[];
  /** SHA-256 of the server's own authority; null unless MUSTER_TLS=self. */
  pin: string | null;
};

/** The address that an install line names, and what a person should know about it. */
export function publicAddressOf({ configuration, port, networkAddresses, pin }: Given): PublicAddress {
  const { host, publicUrl, tls, trustedProxies } = configuration;
  const guessed = publicUrl === null && isWildcard(host) ? networkAddresses[0] : undefined;
  const url = publicUrlOf({ ...configuration, port }, networkAddresses);
  const { hostname, protocol } = new URL(url);
  const isLocal = isLoopback(hostname.replace(/^\[|\]$/g, ""));
  // A proxy in front has a certificate of its own.
  const isPinned = protocol === "https:" && pin !== null && trustedProxies.length === 0;
  const unpinned = protocol === "https:" ? "certificate" : isLocal ? "loopback" : "none";
  const trust: ServerTrust = isPinned ? { kind: "pin", pin } : { kind: unpinned };
  const warnings: InstallWarning[] = [];
  if (isLocal) warnings.push(isLoopback(host) ? loopbackWarning(host, tls !== null) : publicUrlWarning(url));
  else if (trust.kind === "none") warnings.push(PLAIN_HTTP);
  if (guessed !== undefined) warnings.push(guessedWarning(guessed));
  return { url, isReachable: !isLocal, trust, warnings };
}

function loopbackWarning(host: string, hasTls: boolean): InstallWarning {
  const settings = ["MUSTER_HOST=0.0.0.0", ...(hasTls ? [] : ["MUSTER_TLS=self"])];
  return {
    code: "loopback",
    message: `The server listens on ${host}: only this computer reaches it. To let other machines join, set ${settings.join(" and ")}, or put a reverse proxy in front and set MUSTER_PUBLIC_URL. Then restart the server.`,
    settings,
  };
}

function publicUrlWarning(url: string): InstallWarning {
  return {
    code: "public-url-local",
    message: `Other machines do not reach ${url}: on each of them it means that machine itself. Set MUSTER_PUBLIC_URL to the address at which they reach this server, and restart it.`,
    settings: ["MUSTER_PUBLIC_URL=https://muster.example.org"],
  };
}

const PLAIN_HTTP: InstallWarning = {
  code: "plain-http",
  message:
    "The server uses plain HTTP: anybody on the network can read and change what is sent, and this line itself may have been forged on its way to you. Set MUSTER_TLS=self for HTTPS.",
  settings: ["MUSTER_TLS=self"],
};

function guessedWarning(address: string): InstallWarning {
  return {
    code: "address-guessed",
    message: `The line uses ${address}, an address of this computer. If machines reach the server by another one, set MUSTER_PUBLIC_URL.`,
    settings: ["MUSTER_PUBLIC_URL=https://muster.example.org"],
  };
}
