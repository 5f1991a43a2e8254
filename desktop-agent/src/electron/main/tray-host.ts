import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { Environment } from "../../agent-host/configuration.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";

/** Whether tray icons can be seen here. */
export type TrayHost = { isThere(): boolean; end(): void };

type Deps = {
  hasHost: () => Promise<boolean>;
  clock: Clock;
  /** A panel came that was not there when the tray was placed. */
  came: () => void;
};

/** At login the panel may start after us: asked so often, that far apart, before it counts as missing. */
const FIRST_ASKS = 3;
const FIRST_ASKS_APART_MS = 2000;
const ASK_AGAIN_MS = 30_000;

/** Asks for a host of tray icons, with patience at first, and goes on asking while there is none. */
export async function watchTrayHost({ hasHost, clock, came }: Deps): Promise<TrayHost> {
  let cancel: Cancel = () => undefined;
  const wait = () =>
    new Promise<void>((resolve) => void (cancel = clock.after(FIRST_ASKS_APART_MS, resolve)));
  let isThere = await hasHost();
  for (let asked = 1; !isThere && asked < FIRST_ASKS; asked += 1) {
    await wait();
    isThere = await hasHost();
  }

  async function askAgain(): Promise<void> {
    isThere = await hasHost();
    if (isThere) came();
    else later();
  }
  function later(): void {
    cancel = clock.after(ASK_AGAIN_MS, () => void askAgain());
  }
  if (!isThere) later();
  return { isThere: () => isThere, end: () => cancel() };
}

/** How to ask for it: Windows and macOS always have one, desktops of Linux say so on the bus of the session. */
export function trayHostTest(family: OsFamily, environment: Environment): () => Promise<boolean> {
  if (family !== "linux") return async () => true;
  const address = sessionBus(environment);
  if (address === null) return async () => false;
  return async () => {
    const { hasStatusNotifierHost } = await import("../../platform/linux/desktop-state.ts");
    return hasStatusNotifierHost(address);
  };
}

/** Address of the session bus; systemd's default when the session does not name one. */
function sessionBus({ DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR }: Environment): string | null {
  if (DBUS_SESSION_BUS_ADDRESS) return DBUS_SESSION_BUS_ADDRESS;
  return XDG_RUNTIME_DIR ? `unix:path=${XDG_RUNTIME_DIR}/bus` : null;
}
