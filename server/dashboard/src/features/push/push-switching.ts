import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { currentSubscription, hashOf, subscribe, unsubscribe } from "./browser-push.ts";
import { type PushChoice, readPushChoice, writePushChoice } from "./push-choice.ts";

type Member = { userId: string; orgId: string };

/** Has this browser get push notifications of an organization. Throws what the browser or the server says. */
export async function startPush({ userId, orgId }: Member): Promise<void> {
  const { publicKey } = await callApi("pushSubscriptions", paths.pushSubscriptions);
  const body = await subscribe(publicKey);
  const { id } = await callApi("pushSubscription", paths.pushSubscriptions, { method: "POST", body });
  const ids = idsOf(readPushChoice(), userId);
  writePushChoice({ userId, ids: { ...ids, [orgId]: id } });
}

/** Ends the push notifications of an organization in this browser. */
export async function stopPush({ userId, orgId }: Member, id: string): Promise<void> {
  await callApi("nothing", paths.pushSubscription(id), { method: "DELETE" });
  await forget({ userId, orgId });
}

/** Ends all push notifications in this browser: whoever signs out leaves it to others. */
export async function leavePush(orgId: string): Promise<void> {
  const id = readPushChoice()?.ids[orgId];
  writePushChoice(null);
  if (id !== undefined)
    await callApi("nothing", paths.pushSubscription(id), { method: "DELETE" }).catch(() => undefined);
  await unsubscribe().catch(() => undefined);
}

/** Has this browser get what it got before the password was changed, which ended it in all browsers. */
export async function renewPush(member: Member): Promise<void> {
  if (readPushChoice()?.ids[member.orgId] !== undefined) await startPush(member);
}

/**
 * Makes browser and server agree, when a page is opened. Where the server has ended it (a new password, removed elsewhere), or the browser allows no
 * notifications any more, it ends on both sides; a browser that lost its subscription gets a new one; what another user chose ends. Returns
 * whether it ended for this user.
 */
export async function reconcilePush({ userId, orgId }: Member): Promise<boolean> {
  const choice = readPushChoice();
  if (choice === null) return false;
  if (choice.userId !== userId) {
    writePushChoice(null);
    await unsubscribe();
    return false;
  }
  if (choice.ids[orgId] === undefined) return false;
  const { items } = await callApi("pushSubscriptions", paths.pushSubscriptions);
  const subscription = await currentSubscription();
  const hash = subscription && (await hashOf(subscription.endpoint));
  const own = items.find(({ id }) => id === choice.ids[orgId]);
  if (own && own.endpointHash === hash) return false;
  if (own) await callApi("nothing", paths.pushSubscription(own.id), { method: "DELETE" });
  if (own && Notification.permission === "granted") {
    await startPush({ userId, orgId });
    return false;
  }
  await forget({ userId, orgId });
  return true;
}

async function forget({ userId, orgId }: Member): Promise<void> {
  const { [orgId]: _, ...ids } = idsOf(readPushChoice(), userId);
  writePushChoice({ userId, ids });
  if (Object.keys(ids).length === 0) await unsubscribe();
}

function idsOf(choice: PushChoice | null, userId: string): PushChoice["ids"] {
  return choice?.userId === userId ? choice.ids : {};
}
