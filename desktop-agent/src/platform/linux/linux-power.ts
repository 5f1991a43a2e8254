import type { Cancel, Clock, PowerEvent, PowerPort } from "../ports.ts";
import type { Commands, FollowCommand } from "../run-command.ts";
import { connectDbus, type DbusConnection } from "./dbus/dbus-connection.ts";
import { LOGIN_MANAGER, LOGIN_PATH, onPrepareFor, readProperty } from "./dbus/login-manager.ts";
import type { DbusValue } from "./dbus/dbus-signature.ts";

const RECONNECT_MS = 60_000;
const LIST_JOBS_LIMIT_MS = 900;

type Listener = (event: PowerEvent) => void;
type Note = (message: string) => void;

/** Power notices of systemd's login manager over the system's bus; after a lost connection it tries again each minute. */
export function createLinuxPower(commands: Commands, clock: Clock, socketPath: string): PowerPort {
  let signals: PowerSignals | undefined;

  async function listen(listener: Listener, note: Note, lock: DelayLock): Promise<DbusConnection> {
    const bus = await connectDbus(socketPath);
    const reader = createPowerSignals(() =>
      readProperty(bus, LOGIN_PATH, LOGIN_MANAGER, "ScheduledShutdown").catch(() => undefined),
    );
    signals = reader;
    try {
      await onPrepareFor(bus, async (member, body) => {
        const notice = await reader.read(member, body);
        if (notice?.kind === "woke") lock.take(note);
        if (notice !== undefined) listener(toEvent(notice, lock));
      });
    } catch (error) {
      bus.close();
      throw error;
    }
    lock.take(note);
    return bus;
  }

  return {
    async subscribe(listener, note) {
      const lock = createDelayLock(commands.follow);
      const noteOnce = onlyNews(note);
      let bus: DbusConnection | undefined;
      let isOver = false;
      let cancelRetry: Cancel = () => undefined;

      const retryLater = (reason: string) => {
        lock.release();
        if (isOver) return;
        noteOnce(`There are no notifications of sleep and shutdown: ${reason}`);
        cancelRetry = clock.after(RECONNECT_MS, () => void start());
      };
      const start = async () => {
        try {
          bus = await listen(listener, noteOnce, lock);
          void bus.closed.then(retryLater);
          if (isOver) bus.close();
        } catch (error) {
          retryLater(error instanceof Error ? error.message : String(error));
        }
      };

      await start();
      return () => {
        isOver = true;
        cancelRetry();
        lock.release();
        bus?.close();
      };
    },

    async goingDown() {
      const result = await commands.run("systemctl", ["list-jobs", "--no-legend", "--no-pager"], {
        timeoutMs: LIST_JOBS_LIMIT_MS,
      });
      const started: GoingDown =
        result.kind === "exited" && result.code === 0 ? parseListJobs(result.stdout) : "no";
      return started === "no" ? (signals?.goingDown() ?? "no") : started;
    },
  };
}

function toEvent(notice: PowerNotice, lock: DelayLock): PowerEvent {
  return notice.kind === "woke" ? notice : { ...notice, release: lock.release };
}

function onlyNews(note: Note): Note {
  let last = "";
  return (message) => {
    if (message !== last) note(message);
    last = message;
  };
}

/** Makes the login manager wait (5 s by default) until the agent has sent its last word. */
type DelayLock = { take(note: (message: string) => void): void; release: () => void };

/**
 * Holds the lock by a child process: the bus hands it out as a file descriptor, which Node cannot receive. `cat` lives as long as
 * the agent does, since it reads what only the agent could write.
 */
function createDelayLock(follow: FollowCommand): DelayLock {
  let held: { stop: () => void } | undefined;
  const release = () => {
    held?.stop();
    held = undefined;
  };
  return {
    take(note) {
      release();
      held = follow("systemd-inhibit", ARGUMENTS, {
        onLine: () => undefined,
        onEnd: (reason) => note(`Sleep and shutdown do not wait for the last word: ${reason}`),
      });
    },
    release,
  };
}

const ARGUMENTS = [
  "--what=sleep:shutdown",
  "--mode=delay",
  "--who=Muster agent",
  "--why=Telling the server that this machine goes away",
  "cat",
];

type PowerNotice =
  | { kind: "about-to-sleep" }
  | { kind: "woke" }
  | { kind: "going-down"; how: "shutting-down" | "restarting" };

type PowerSignals = {
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
function createPowerSignals(readScheduled: () => Promise<DbusValue | undefined>): PowerSignals {
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

type GoingDown = "no" | "shutting-down" | "restarting";

/** What systemd calls the ways down: "poweroff", "halt", "reboot", "soft-reboot", "kexec". Any other is a shutdown. */
export function shutdownKindOf(name: unknown): "shutting-down" | "restarting" {
  return typeof name === "string" && /^(soft-)?reboot|^kexec/.test(name) ? "restarting" : "shutting-down";
}

/** Reads `systemctl list-jobs --no-legend`: is a target of going down being started? */
export function parseListJobs(text: string): GoingDown {
  const targets = [...text.matchAll(/^\s*\d+ (\S+)\.target +start /gm)].map((match) => match[1]);
  if (targets.some((name) => /^((soft-)?reboot|kexec)$/.test(name ?? ""))) return "restarting";
  return targets.some((name) => /^(poweroff|halt|exit|shutdown)$/.test(name ?? "")) ? "shutting-down" : "no";
}
