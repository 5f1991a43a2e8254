import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { KeyedDevice } from "./device-keys.ts";

const script = path.join(import.meta.dirname, "action-devices.ts");

/** The first message to the process of the devices. */
export type ActionFleetOptions = {
  port: number;
  devices: readonly KeyedDevice[];
  /** Public keys of the organization, by id. */
  pinned: Record<string, string>;
};

/** An action whose device may act. `atMs` is the time of the clock that all processes of a machine share. */
export type StartedAction = { actionId: string; atMs: number };

/** Devices in a separate process, each with an open stream: they claim on a nudge, verify, start and report the result. */
export type ActionFleet = {
  /** Calls back for each action that a device may act on; one listener at a time. */
  onActionStarted(listener: (acted: StartedAction) => void): void;
  close(): Promise<void>;
};

/** Milliseconds of a clock that is the same in every process of this machine. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export async function startActionFleet(options: ActionFleetOptions): Promise<ActionFleet> {
  const child = fork(script);
  let notify: (acted: StartedAction) => void = () => {};
  child.send(options);
  const [opened] = await Promise.race([once(child, "message"), once(child, "exit")]);
  if (opened !== "open") throw new Error("The devices could not open their streams.");
  child.on("message", (acted: StartedAction) => notify(acted));
  return {
    onActionStarted(listener) {
      notify = listener;
    },
    async close() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
