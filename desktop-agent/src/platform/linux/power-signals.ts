import type { DbusValue } from "./dbus/dbus-signature.ts";
import { type GoingDown, shutdownKindOf } from "./shutdown-kind.ts";

export type PowerNotice =
  | { kind: "about-to-sleep" }
  | { kind: "woke" }
  | { kind: "going-down"; how: "shutting-down" | "restarting" };

export type PowerSignals = {
  /** The meaning of a signal of the login manager; undefined when nothing changed. */
  read(member: string, body: readonly DbusValue[]): Promise<PowerNotice | undefined>;
  /** The state of the shutdown after the last signal. */
  goingDown(): GoingDown;
};

/**
 * Understands the signals of the login manager. systemd 255 and later name the way down in a signal of their own, followed by the
 * older one; before, only a planned shutdown has a name, and the others count as shutting down.
 *
 * @param readScheduled the property ScheduledShutdown, [type, microseconds]
 */
export function createPowerSignals(readScheduled: () => Promise<DbusValue | undefined>): PowerSignals {
  let announced: GoingDown = "no";

  async function announce(how: () => Promise<GoingDown>): Promise<PowerNotice | undefined> {
    if (announced !== "no") return undefined;
    announced = await how();
    return announced === "no" ? undefined : { kind: "going-down", how: announced };
  }

  return {
    async read(member, [isStarting, metadata]) {
      if (member === "PrepareForSleep") return { kind: isStarting === true ? "about-to-sleep" : "woke" };
      if (isStarting !== true) {
        announced = "no";
        return undefined;
      }
      if (member === "PrepareForShutdownWithMetadata")
        return announce(async () => shutdownKindOf(typeIn(metadata)));
      return member === "PrepareForShutdown"
        ? announce(async () => scheduledWay(await readScheduled()))
        : undefined;
    },
    goingDown: () => announced,
  };
}

function scheduledWay(scheduled: DbusValue | undefined): GoingDown {
  return shutdownKindOf(Array.isArray(scheduled) ? scheduled[0] : undefined);
}

function typeIn(metadata: DbusValue | undefined): DbusValue | undefined {
  const pairs = Array.isArray(metadata) ? metadata : [];
  const pair = pairs.find((entry) => Array.isArray(entry) && entry[0] === "type");
  return Array.isArray(pair) ? pair[1] : undefined;
}
