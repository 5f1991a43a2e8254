import { type Handlers, openChannel } from "../channel.ts";
import type { AppRequests, StageRecord, StageRequests, StageSetting } from "../stage-contract.ts";

/** How this machine is, as the test made it. */
export const setting: StageSetting = JSON.parse(process.env["ELECTRON_STAGE"] ?? "{}");
delete process.env["ELECTRON_STAGE"];

const handlers: Partial<Handlers<AppRequests>> = {};

/** Each part of the stand-in answers the requests that are about it. */
export function answer(part: Partial<Handlers<AppRequests>>): void {
  Object.assign(handlers, part);
}

export const { ask } = openChannel<StageRequests, AppRequests>(
  {
    post: (message) => {
      // Nobody is left to tell once the test has gone.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on("message", listener),
  },
  handlers as Handlers<AppRequests>,
);

/** Tells the test what was done. */
export function record(what: StageRecord): void {
  void ask("record", what);
}

// An app does not outlive the test that started it.
process.once("disconnect", () => process.exit(1));
