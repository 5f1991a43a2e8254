import { contextBridge, ipcRenderer } from "electron";
import { CHANNEL_WINDOWS, IPC_PUSHES, type MusterBridge } from "../ipc-contract.ts";

const channels = new Set<string>(Object.keys(CHANNEL_WINDOWS));
const pushes = new Set<string>(IPC_PUSHES);

const bridge: MusterBridge = {
  ask: (channel, ...args) =>
    channels.has(channel)
      ? ipcRenderer.invoke(channel, ...args)
      : Promise.reject(new Error(`The channel ${channel} does not exist.`)),
  on(push, listener) {
    if (!pushes.has(push)) return () => undefined;
    // The event is not forwarded: its sender would give access to everything.
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload);
    ipcRenderer.on(push, forward);
    return () => ipcRenderer.off(push, forward);
  },
};

contextBridge.exposeInMainWorld("muster", bridge);
