import { createDraftStore } from "./draft-store.ts";

export const drafts = createDraftStore(() => sessionStorage, Date.now);
const SIGN_OUT_CHANNEL = "muster-sign-out";

/** Removes every draft of this browser: the user signs out. An expired session keeps them. */
export function forgetDrafts(): void {
  drafts.clear();
  const channel = new BroadcastChannel(SIGN_OUT_CHANNEL);
  channel.postMessage(null);
  channel.close();
}

/** Removes the drafts of this page when the user signs out in another one, also while this one waits for a sign-in. */
export function followSignOut(): void {
  new BroadcastChannel(SIGN_OUT_CHANNEL).addEventListener("message", () => drafts.clear());
}
