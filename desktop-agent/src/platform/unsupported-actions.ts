import type { MessagePort, RebootPort } from "./ports.ts";

const REASON = "this system has no way to do it yet";

/** A system on which no message can be shown: says so for the console, since nobody else can be named. */
export const unsupportedMessages: MessagePort = {
  show: async () => ({ shown: [], notShown: [{ user: "everybody", reason: REASON }], pressed: null }),
};

/** A system that cannot be asked to restart. */
export const unsupportedReboots: RebootPort = {
  schedule: async () => ({ kind: "failed", reason: REASON }),
  cancel: async () => ({ kind: "failed", reason: REASON }),
};
