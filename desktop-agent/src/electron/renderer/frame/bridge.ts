import type { IpcChannel, IpcRequests, MusterBridge } from "../../ipc-contract.ts";

declare global {
  interface Window {
    /** Set by the preload script. */
    readonly muster: MusterBridge;
  }
}

/** Sends a request to the main process. Rejects when it is refused or fails. */
export function ask<Channel extends IpcChannel>(
  channel: Channel,
  ...args: IpcRequests[Channel]["args"]
): Promise<IpcRequests[Channel]["answer"]> {
  return window.muster.ask(channel, ...args);
}
