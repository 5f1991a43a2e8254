import { BUS, type DbusConnection } from "./dbus-connection.ts";
import type { DbusMessage } from "./dbus-message.ts";
import type { DbusValue } from "./dbus-signature.ts";

/** systemd's login manager, or elogind's, on the bus. */
export const LOGIN = "org.freedesktop.login1";
export const LOGIN_PATH = "/org/freedesktop/login1";
export const LOGIN_MANAGER = "org.freedesktop.login1.Manager";

/** A property of one of the login manager's objects. Rejects when there is no such object or property. */
export async function readProperty(
  bus: DbusConnection,
  path: string,
  interfaceName: string,
  name: string,
): Promise<DbusValue | undefined> {
  const [value] = await bus.call({
    destination: LOGIN,
    path,
    interface: "org.freedesktop.DBus.Properties",
    member: "Get",
    signature: "ss",
    body: [interfaceName, name],
  });
  return value;
}

/**
 * Hands on the login manager's signals whose names begin with "PrepareFor", one after another. A signal that another program sent
 * straight to us is dropped: on the system's bus everybody may.
 */
export async function onPrepareFor(
  bus: DbusConnection,
  listener: (member: string, body: DbusValue[]) => Promise<void>,
): Promise<void> {
  const judge = async (member: string, { sender, body }: DbusMessage) => {
    const [owner] = await bus.call({ ...BUS, member: "GetNameOwner", signature: "s", body: [LOGIN] });
    if (owner === sender) await listener(member, body);
  };
  let last = Promise.resolve();
  bus.onMessage((message) => {
    const { path, interface: from, member } = message;
    if (path !== LOGIN_PATH || from !== LOGIN_MANAGER || !member?.startsWith("PrepareFor")) return;
    // Where the name has no owner the sender cannot be the login manager.
    last = last.then(() => judge(member, message)).catch(() => undefined);
  });
  await bus.call({
    ...BUS,
    member: "AddMatch",
    signature: "s",
    body: [`type='signal',sender='${LOGIN}',path='${LOGIN_PATH}',interface='${LOGIN_MANAGER}'`],
  });
}
