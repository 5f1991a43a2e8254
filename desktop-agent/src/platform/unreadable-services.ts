import type { ServicesPort } from "./ports/services-port.ts";

/** For a system whose services the agent cannot read. */
export const unreadableServices = (reason: string): ServicesPort => ({
  read: async () => ({ kind: "unreadable", reason }),
});
