import { MAX_REPORTED_SERVICES, type ServiceState } from "@muster/shared/contracts/service.ts";
import type { ServiceReading, ServicesPort } from "../ports/services-port.ts";
import { connectDbus, type DbusConnection } from "./dbus/dbus-connection.ts";
import type { DbusValue } from "./dbus/dbus-signature.ts";
import {
  parseUnits,
  SERVICE_PROPERTIES,
  type SystemdUnit,
  toService,
  UNIT_PROPERTIES,
  type UnitProperties,
} from "./parse-systemd-unit.ts";
import type { SystemFiles } from "./system-files.ts";

const SYSTEMD = "org.freedesktop.systemd1";
const UNIT_INTERFACE = `${SYSTEMD}.Unit`;
const SERVICE_INTERFACE = `${SYSTEMD}.Service`;

/** In this order, so that what needs attention is never cut off. */
const ORDER: readonly ServiceState[] = ["failed", "starting", "stopping", "running", "exited", "inactive"];

/**
 * Reads the services of systemd over the system's bus. It asks for single properties, as a service has 200, and for no list of
 * unit files, which costs PID 1 a second.
 */
export function createLinuxServices(files: SystemFiles, socketPath: string): ServicesPort {
  return {
    async read(signal) {
      // The test that sd_booted(3) documents.
      if (!files.has("/run/systemd/system"))
        return { kind: "unreadable", reason: "This system does not run systemd." };
      const bus = await connectDbus(socketPath);
      const close = () => bus.close();
      signal.addEventListener("abort", close, { once: true });
      try {
        const units = await listServices(bus);
        const reported = units.slice(0, MAX_REPORTED_SERVICES);
        const services = await Promise.all(reported.map((unit) => readService(bus, unit)));
        return { kind: "services", services, total: units.length };
      } finally {
        signal.removeEventListener("abort", close);
        close();
      }
    },
  };
}

async function listServices(bus: DbusConnection): Promise<SystemdUnit[]> {
  const [units] = await bus.call({
    destination: SYSTEMD,
    path: "/org/freedesktop/systemd1",
    interface: `${SYSTEMD}.Manager`,
    member: "ListUnitsByPatterns",
    signature: "asas",
    body: [[], ["*.service"]],
  });
  const rank = ({ state }: SystemdUnit) => ORDER.indexOf(state);
  return parseUnits(units).toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** Of an inactive service only the start is read: it has no process. */
async function readService(bus: DbusConnection, unit: SystemdUnit): Promise<ServiceReading> {
  const ofService = unit.state === "inactive" ? [] : SERVICE_PROPERTIES;
  const values = await Promise.all([
    ...UNIT_PROPERTIES.map(async (name) => [name, await readProperty(bus, unit, UNIT_INTERFACE, name)]),
    ...ofService.map(async (name) => [name, await readProperty(bus, unit, SERVICE_INTERFACE, name)]),
  ]);
  const properties: UnitProperties = Object.fromEntries(values);
  return toService(unit, properties);
}

/** Undefined when the unit is gone by now, or an older systemd does not have the property. */
async function readProperty(
  bus: DbusConnection,
  { path }: SystemdUnit,
  interfaceName: string,
  name: string,
): Promise<DbusValue | undefined> {
  const get = bus.call({
    destination: SYSTEMD,
    path,
    interface: "org.freedesktop.DBus.Properties",
    member: "Get",
    signature: "ss",
    body: [interfaceName, name],
  });
  return get.then(
    ([value]) => value,
    () => undefined,
  );
}
