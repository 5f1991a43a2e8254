import type { Configuration } from "./platform/config/configuration.ts";
import { listNetworkAddresses } from "./platform/config/network-addresses.ts";
import { readAuthorityPin, selfMadeTlsFiles } from "./platform/tls/self-made-tls.ts";
import { type PublicAddress, publicAddressOf } from "./releases/index.ts";

/** Where the machines of a new install line will find this server, by its settings and by this computer's networks of now. */
export function readInstallAddress(configuration: Configuration, port: number): PublicAddress {
  const pin = configuration.tls?.isSelfMade
    ? readAuthorityPin(selfMadeTlsFiles(configuration.dataDir))
    : null;
  return publicAddressOf({ configuration, port, networkAddresses: listNetworkAddresses(), pin });
}
