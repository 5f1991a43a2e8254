import type { Configuration } from "./platform/config/configuration.ts";
import { listNetworkAddresses, type PublicAddress, publicAddressOf } from "./releases/index.ts";

/** Where the machines of a new install line will find this server, by its settings and by this computer's networks of now. */
export function readInstallAddress(configuration: Configuration, port: number): PublicAddress {
  return publicAddressOf({ configuration, port, networkAddresses: listNetworkAddresses(), pin: null });
}
