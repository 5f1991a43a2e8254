import { type Handlers, openChannel } from "../channel.ts";
import type { AppRequests, AppEvent, HostRequests, HostSettings } from "../app-protocol.ts";

/** The simulated machine, as the test configured it. */
export const settings: HostSettings = JSON.parse(process.env["ELECTRON_STAND_IN_SETTINGS"] ?? "{}");
delete process.env["ELECTRON_STAND_IN_SETTINGS"];

const handlers: Partial<Handlers<AppRequests>> = {};

/** Registers the request handlers of a part of the stand-in. */
export function registerHandlers(part: Partial<Handlers<AppRequests>>): void {
  Object.assign(handlers, part);
}

export const { ask } = openChannel<HostRequests, AppRequests>(
  {
    post: (message) => {
      // The test may have ended already.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on("message", listener),
  },
  handlers as Handlers<AppRequests>,
);

/** Reports an effect of the app to the test. */
export function record(what: AppEvent): void {
  void ask("record", what);
}

// The app exits with the test that started it.
process.once("disconnect", () => process.exit(1));
