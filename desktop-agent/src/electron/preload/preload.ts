import { contextBridge, ipcRenderer } from "electron";
import { CHANNEL_WINDOWS, IPC_PUSHES, type MusterBridge } from "../ipc-contract.ts";

const channels = new Set<string>(Object.keys(CHANNEL_WINDOWS));
const pushes = new Set<string>(IPC_PUSHES);

const bridge: MusterBridge = {
  ask: (channel, ...args) =>
    channels.has(channel) ? ipcRenderer.invoke(channel, ...args) : Promise.reject(new Error("unknown")),
  on(push, listener) {
    if (!pushes.has(push)) return () => undefined;
    // The event itself stays here: it carries the sender, through which everything could be reached.
    const handOn = (_event: unknown, told: Parameters<typeof listener>[0]) => listener(told);
    ipcRenderer.on(push, handOn);
    return () => ipcRenderer.off(push, handOn);
  },
};

contextBridge.exposeInMainWorld("muster", bridge);
