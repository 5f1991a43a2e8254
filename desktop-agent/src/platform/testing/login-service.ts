import { BUS, connectDbus, type DbusConnection } from "../linux/dbus/dbus-connection.ts";
import { MESSAGE_TYPE } from "../linux/dbus/dbus-message.ts";
import type { DbusValue } from "../linux/dbus/dbus-signature.ts";
import { LOGIN, LOGIN_MANAGER, LOGIN_PATH } from "../linux/dbus/login-manager.ts";

/** A property's type and value, as a variant is written. */
export type Property = [type: string, value: DbusValue];

export type LoginService = {
  emit(member: string, signature: string, body: DbusValue[]): void;
  stop(): void;
};

/** Owns the login manager's name on a bus, emits its signals, and answers for its properties, and its methods without arguments, by "path name". */
export async function startLoginService(
  socketPath: string,
  properties: Record<string, Property>,
): Promise<LoginService> {
  const bus = await connectDbus(socketPath);
  bus.onMessage((message) => {
    if (message.type !== MESSAGE_TYPE.call) return;
    const property = properties[`${message.path} ${String(message.body[1] ?? message.member)}`];
    const answer = { destination: message.sender, replySerial: message.serial };
    if (property === undefined) {
      const error = "org.freedesktop.DBus.Error.UnknownObject";
      bus.send({ ...answer, type: MESSAGE_TYPE.error, error, signature: "s", body: ["no such object"] });
    } else {
      const [signature, value] = message.body.length === 0 ? property : (["v", property] as const);
      bus.send({ ...answer, type: MESSAGE_TYPE.reply, signature, body: [value] });
    }
  });
  await bus.call({ ...BUS, member: "RequestName", signature: "su", body: [LOGIN, 0] });
  return {
    emit: (member, signature, body) => sendSignal(bus, undefined, member, signature, body),
    stop: () => bus.close(),
  };
}

/** Sends a signal of the login manager straight to everybody on the bus, without being it. Resolves once the bus has it. */
export async function pretendToBeLoginService(socketPath: string, member: string): Promise<void> {
  const bus = await connectDbus(socketPath);
  const [names] = await bus.call({ ...BUS, member: "ListNames" });
  const clients = (Array.isArray(names) ? names : []).map(String).filter((name) => name.startsWith(":"));
  for (const name of clients) sendSignal(bus, name, member, "b", [true]);
  await bus.call({ ...BUS, member: "GetId" });
  bus.close();
}

function sendSignal(
  bus: DbusConnection,
  destination: string | undefined,
  member: string,
  signature: string,
  body: DbusValue[],
): void {
  const type = MESSAGE_TYPE.signal;
  bus.send({ type, path: LOGIN_PATH, interface: LOGIN_MANAGER, member, signature, body, destination });
}
