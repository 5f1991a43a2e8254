import type { Cancel, Clock, PowerEvent, PowerPort } from "../ports.ts";
import type { Commands } from "../run-command.ts";
import { connectDbus, type DbusConnection } from "./dbus/dbus-connection.ts";
import { LOGIN_MANAGER, LOGIN_PATH, onPrepareFor, readProperty } from "./dbus/login-manager.ts";
import { createDelayLock, type DelayLock } from "./delay-lock.ts";
import { createPowerSignals, type PowerNotice, type PowerSignals } from "./power-signals.ts";
import { type GoingDown, parseListJobs } from "./shutdown-kind.ts";

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
        noteOnce(`no notices of sleep and shutdown: ${reason}`);
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
