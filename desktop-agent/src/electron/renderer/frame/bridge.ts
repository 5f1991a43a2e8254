import type { IpcChannel, IpcRequests, MusterBridge } from "../../ipc-contract.ts";

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly muster: MusterBridge;
  }
}

/** Asks the main process. Rejects when it refuses the question or could not answer it. */
export function ask<Channel extends IpcChannel>(
  channel: Channel,
  ...args: IpcRequests[Channel]["args"]
): Promise<IpcRequests[Channel]["answer"]> {
  return window.muster.ask(channel, ...args);
}
