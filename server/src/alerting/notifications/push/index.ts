import type { Route } from "../../../platform/http/route.ts";
import type { NotificationsContext } from "../notifications-context.ts";
import { derivePushKeys } from "./push-keys.ts";
import { createPushSubscriptionRoutes } from "./push-subscription.routes.ts";
import { createPushSubscriptionService } from "./push-subscription.service.ts";
import { createPushVault } from "./push-vault.ts";
import { createSendPush, type SendPush } from "./send-push.ts";

type Deps = Pick<NotificationsContext, "store" | "clock" | "makeId" | "audit" | "client"> & {
  seal(secret: Buffer, context: string): Buffer;
  unseal(sealed: Buffer, context: string): Buffer;
  pushKey: Buffer;
  publicUrl: string;
};

/** Push notifications to browsers of users (RFC 8030, 8291, 8292). */
export function createPushParts(deps: Deps): { routes: Route[]; sendPush: SendPush } {
  const vault = createPushVault(deps);
  const keys = derivePushKeys(deps.pushKey);
  const sendPush = createSendPush({ ...deps, vault, keys });
  return {
    routes: createPushSubscriptionRoutes(createPushSubscriptionService({ ...deps, vault, keys, sendPush })),
    sendPush,
  };
}
