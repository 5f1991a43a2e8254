import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { KeyedDevice } from "./device-keys.ts";

const script = path.join(import.meta.dirname, "acting-devices.ts");

/** What the process of the devices is told first. */
export type ActingOptions = {
  port: number;
  devices: readonly KeyedDevice[];
  /** Public keys of the organization, by id. */
  pinned: Record<string, string>;
};

/** An action whose device may act. `atMs` is by the clock that all processes of a machine share. */
export type Acted = { actionId: string; atMs: number };

/** Devices in a process of their own, each with its stream open: they claim on a nudge, verify, start and tell the end. */
export type ActingFleet = {
  /** Calls back for each action that a device may act on; one listener at a time. */
  onActed(listener: (acted: Acted) => void): void;
  close(): Promise<void>;
};

/** Milliseconds of a clock that goes on at the same pace in every process of this machine. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export async function startActingFleet(options: ActingOptions): Promise<ActingFleet> {
  const child = fork(script);
  let tell: (acted: Acted) => void = () => {};
  child.send(options);
  const [opened] = await Promise.race([once(child, "message"), once(child, "exit")]);
  if (opened !== "open") throw new Error("the devices could not open their streams");
  child.on("message", (acted: Acted) => tell(acted));
  return {
    onActed(listener) {
      tell = listener;
    },
    async close() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
