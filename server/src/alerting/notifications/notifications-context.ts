import type { Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { GuardedClient } from "../../platform/http-client/guarded-client.ts";
import type { ChannelVault } from "./channels/channel-secrets.ts";
import type { Mailer } from "./mail/mailer.ts";

/** What every part of the notifications uses. */
export type NotificationsContext = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  vault: ChannelVault;
  client: GuardedClient;
  /** Null while no mail server is configured. */
  mailer: Mailer | null;
};
