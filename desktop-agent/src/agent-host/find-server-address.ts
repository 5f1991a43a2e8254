import type { FilePort } from "../platform/ports.ts";
import { fetchPinnedAuthority } from "../transport/pinned-authority.ts";
import { checkServerUrl, type ServerAddress } from "../transport/server-address.ts";

export type AddressRequest = {
  url: string;
  caFile: string | null;
  pin: string | null;
  insecureHttp: boolean;
};

export type AddressOutcome = { kind: "found"; address: ServerAddress } | { kind: "refused"; reason: string };

/** Finds out how the server is to be trusted: the system's authorities, a file's, or the one that the pin names. */
export async function findServerAddress(files: FilePort, wish: AddressRequest): Promise<AddressOutcome> {
  const checked = checkServerUrl(wish.url, wish.insecureHttp);
  if (checked.kind === "refused") return checked;
  const { url } = checked;
  const found = (caPem: string | null): AddressOutcome => ({
    kind: "found",
    address: { url, caPem, insecureHttp: wish.insecureHttp },
  });
  if (wish.caFile !== null) {
    const pem = await files.read(wish.caFile);
    if (!pem?.includes("-----BEGIN CERTIFICATE-----")) {
      return { kind: "refused", reason: "the CA file does not exist or holds no certificate" };
    }
    return found(pem);
  }
  if (wish.pin === null) return found(null);
  const authority = await fetchPinnedAuthority(url, wish.pin);
  return authority.kind === "found" ? found(authority.pem) : { kind: "refused", reason: authority.reason };
}
