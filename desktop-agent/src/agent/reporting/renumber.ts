import type { EpochChange, Numbering } from "@muster/shared/contracts/epoch.ts";
import type { Clock } from "../../platform/ports.ts";
import type { DeviceSigner } from "../actions/statements.ts";
import type { Outbox } from "./outbox.ts";

/** Renumberings in a row after which a lane waits for its next turn. */
export const MAX_RENUMBERINGS = 2;

/**
 * Begins a new epoch, in which what is pending is sent again. `behind` is where the server's numbering stands, null when the server
 * only found another report under the number: the device then has nothing to sign.
 */
export type Renumber = (behind: Numbering | null) => Promise<void>;

type Deps = { outbox: Outbox; clock: Clock; deviceId: string; signer: DeviceSigner | null };

export function createRenumber({ outbox, clock, deviceId, signer }: Deps): Renumber {
  return (behind) =>
    outbox.renewEpoch(clock.wallMs(), (to) => {
      if (behind === null || signer === null) return null;
      const { epoch, sequence, nonce } = behind;
      const change: EpochChange = { says: "epoch", deviceId, from: { epoch, sequence }, to, nonce };
      return signer(change);
    });
}
