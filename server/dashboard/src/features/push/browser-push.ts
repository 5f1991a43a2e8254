import type { NewPushSubscription } from "@muster/shared/contracts/push-subscription.ts";
import { browserName } from "./browser-name.ts";

/**
 * Whether this browser can get push notifications.
 * - insecure: the page is not over HTTPS
 * - denied: the browser blocks notifications of this page
 * - missing: the browser has no push notifications, or has them for installed apps only
 */
export type PushSupport = "possible" | "insecure" | "denied" | "missing";

export function pushSupport(): PushSupport {
  if (!globalThis.isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis) || !("Notification" in globalThis))
    return "missing";
  return Notification.permission === "denied" ? "denied" : "possible";
}

/** The subscription that this browser has; null without one. */
export async function currentSubscription(): Promise<PushSubscription | null> {
  if (pushSupport() !== "possible") return null;
  // Not `ready`, which waits for ever where the worker could not be registered.
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Subscribes this browser for the server of a key, in place of what it had for another key. Throws what the browser throws. */
export async function subscribe(publicKey: string): Promise<NewPushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = bytesOf(publicKey);
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const current = await pushManager.getSubscription();
  if (current && !isFor(current, key)) await current.unsubscribe();
  const subscription = await pushManager.subscribe(options);
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (endpoint === undefined || p256dh === undefined || auth === undefined)
    throw new Error("The browser gave no keys for push notifications.");
  return { endpoint, keys: { p256dh, auth }, name: browserName(navigator.userAgent) };
}

/** Ends what this browser gets. The push service then refuses messages, and the server forgets the browser. */
export async function unsubscribe(): Promise<void> {
  const subscription = await currentSubscription();
  await subscription?.unsubscribe();
}

/** By this the server names a browser in lists, so that it recognises itself. */
export async function hashOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isFor({ options }: PushSubscription, key: Uint8Array): boolean {
  const known = options.applicationServerKey;
  return known !== null && new Uint8Array(known).every((byte, index) => byte === key[index]);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
