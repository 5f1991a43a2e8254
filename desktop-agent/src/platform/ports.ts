import type { Duplex } from "node:stream";
import type { Inventory, OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";

/** Undoes a subscription or a timer. Calling it again does nothing. */
export type Cancel = () => void;

/** Time and timers. Nothing in the agent reads `Date` or sets a timer by any other way. */
export type Clock = {
  /** The device's wall clock in epoch milliseconds; may jump. */
  wallMs(): number;
  /** Milliseconds since boot, time asleep included. Never goes back within a boot; ties samples of one boot together. */
  sinceBootMs(): number;
  /** Milliseconds from an arbitrary start that never go back; may stand still while the machine sleeps. Schedules use it. */
  monotonicMs(): number;
  /** Calls `run` once after `delayMs`. */
  after(delayMs: number, run: () => void): Cancel;
};

/**
 * A part of a file. `file` names this very file, so that one that took its place under the same path has another name; `fromByte` is
 * where the part begins.
 */
export type FilePart = { file: string; sizeBytes: number; fromByte: number; bytes: Buffer };

/**
 * Files that belong to the agent alone: folders 0700, files 0600 (on Windows the equivalent access list). Failures reject with
 * Node's error and its `code` (ENOSPC, EACCES, ...); an absent file is a value, not a failure.
 */
export type FilePort = {
  /** Makes the folder and its parents, and narrows an existing folder's mode to its owner. */
  makeFolder(path: string): Promise<void>;
  /** The whole text, or null when there is no such file. */
  read(path: string): Promise<string | null>;
  /** The last `maxBytes` of a plain file, null when there is none. A link is none, wherever it leads. */
  readEnd(path: string, maxBytes: number): Promise<string | null>;
  /**
   * At most `maxBytes` from `fromByte` on, null when there is no plain file; negative: so many bytes before its end. A link is no
   * file, wherever it leads.
   */
  readPart(path: string, fromByte: number, maxBytes: number): Promise<FilePart | null>;
  /**
   * Replaces the file as a whole: a reader sees the old text or the new one, also after a crash. With `sync` file and folder
   * are on the disk when it resolves. A failure leaves the old file as it was and no temporary file behind.
   */
  replace(path: string, text: string, options: { sync: boolean }): Promise<void>;
  /** Appends, creating the file with mode 0600. A failure may leave a part of the text: the caller drops a torn last line. */
  append(path: string, text: string, options: { sync: boolean }): Promise<void>;
  /** Cuts the file to `sizeBytes`. */
  truncate(path: string, sizeBytes: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder with all in it; nothing happens when it is absent. */
  remove(path: string): Promise<void>;
  /** Files directly in the folder, by name; empty when there is no such folder. */
  list(folder: string): Promise<{ name: string; sizeBytes: number }[]>;
  /** Calls `changed` with the file's name when a file directly in the folder was made, replaced or removed. Does not keep the process alive. */
  watch(folder: string, changed: (name: string) => void): Cancel;
};

/** Where the agent keeps what it keeps when nothing else was configured. */
export type StoragePort = {
  /** /var/lib/muster-agent as root, ~/.local/state/muster-agent otherwise; the system's convention on macOS and Windows. */
  defaultHome(): string;
  /** Why the agent must not use this home folder: others own it, or may put files there. Null where it may. */
  homeProblem(path: string): Promise<string | null>;
  /** The file by which this machine's administrator says which actions may happen here. */
  allowedActions(): string;
};

/** What this machine's administrator wrote for the agent to heed. */
export type AdministratorFile =
  | { kind: "text"; text: string }
  | { kind: "absent" }
  /** It is there and cannot be relied on: unreadable, or others than administrators may have written it. */
  | { kind: "unusable"; reason: string };

/** Reads files that only the administrator of the machine can have written. Never rejects. */
export type AdministratorFilePort = { read(path: string): Promise<AdministratorFile> };

/** What tells this machine from another, and this boot from the one before. Raw values: the engine hashes what leaves the device. */
export type IdentityPort = {
  /** /etc/machine-id, IOPlatformUUID or MachineGuid. Rejects when it cannot be read. */
  machineId(): Promise<string>;
  /** The hypervisor's or mainboard's UUID, null where there is none or it may not be read. */
  hypervisorUuid(): Promise<string | null>;
  /** 1 to 64 letters, digits or `-`; changes with each boot and with nothing else. */
  bootId(): Promise<string>;
};

/** What the operating system announces about its power. `release` lets the system go on; it goes on by itself after its own limit. */
export type PowerEvent =
  | { kind: "about-to-sleep"; release: () => void }
  | { kind: "woke" }
  | { kind: "going-down"; how: "shutting-down" | "restarting"; release: () => void };

export type PowerPort = {
  /** Starts listening and holds the delay inhibitor where there is one. Never rejects: what is not there is logged by `note`. */
  subscribe(listener: (event: PowerEvent) => void, note: (message: string) => void): Promise<Cancel>;
  /** Asked when the agent is told to stop: is the whole system going down, and how? Answers within a second. */
  goingDown(): Promise<"no" | "shutting-down" | "restarting">;
};

export type SessionReading = {
  /** The person at the console, null when nobody is logged in. */
  user: string | null;
  /** Wall-clock instant (epoch ms) of the last input at the console, null when unknown. */
  idleSinceMs: number | null;
};

export type SessionPort = { console(signal: AbortSignal): Promise<SessionReading> };

export type ProcessPort = {
  /** A text that stays the same while the process lives and differs when its number is used again; null when there is none. */
  runOf(pid: number): Promise<string | null>;
};

/** Cumulated times of all cores in one unit; only differences mean something. */
export type CpuTimes = { busy: number; total: number };

export type MemoryReading = {
  totalBytes: number;
  /** What programs can have without swapping (Linux MemAvailable; macOS from vm_stat). */
  availableBytes: number;
  /** 0 where there is no swap. */
  swapTotalBytes: number;
  swapUsedBytes: number;
};

export type FileSystemReading = {
  mount: string;
  type: string;
  sizeBytes: number;
  /** Share used as `df` shows it, 0 to 100. */
  usedPercent: number;
  /** Left for ordinary programs. */
  freeBytes: number;
};

/** Cumulated since boot; a value that falls means the counter started again. */
export type Throughput = { inBytes: number; outBytes: number };

/** Raw readings of the moment. Null: this system has no such figure. A rejection: it has, and reading it failed. */
export type MetricsPort = {
  cpuTimes(): Promise<CpuTimes>;
  memory(): Promise<MemoryReading>;
  loadAverage(): Promise<number | null>;
  /** Fixed, local, writable file systems. One that does not answer in time is named in `hung` and never touched twice at once. */
  fileSystems(signal: AbortSignal): Promise<{
    readings: FileSystemReading[];
    hung: string[];
    /** Mounts that should be writable and are not. */
    readOnly?: string[];
    /** Mounts that fail to answer, with the error's code. */
    unreadable?: { mount: string; code: string }[];
  }>;
  /** All physical interfaces together; loopback and virtual ones excluded. */
  network(): Promise<Throughput | null>;
  /** All fixed disks together: read is `inBytes`, written is `outBytes`. */
  disks(): Promise<Throughput | null>;
  temperatureCelsius(signal: AbortSignal): Promise<number | null>;
  batteryPercent(signal: AbortSignal): Promise<number | null>;
  /** Whether the system asks for a reboot to finish its updates; null when it cannot say. */
  rebootRequired(signal: AbortSignal): Promise<boolean | null>;
};

/** The slow readings: at start and once a day. Everything but `agent`, which the engine adds. */
export type InventoryPort = { read(signal: AbortSignal): Promise<Omit<Inventory, "agent">> };

/** A text for the people at the machine. Plain text: nothing in it is markup, wherever it is shown. */
export type MessageToShow = {
  title: string;
  text: string;
  urgency: "low" | "normal" | "urgent";
  /** Answers that can be pressed, five at most. */
  buttons: readonly string[];
};

/** What became of a message, session by session. Both lists empty: nobody is logged in. */
export type MessageOutcome = {
  /** `by` names the way: "notify-send", "zenity", "wall", "toast", ... */
  shown: { user: string; by: string }[];
  notShown: { user: string; reason: string }[];
  /** The button that was pressed first, null when there were none or none was pressed in time. */
  pressed: string | null;
};

export type MessagePort = {
  /**
   * Shows the message in every session. Resolves when that is done and, where there are buttons, when one was pressed or `signal`
   * was aborted. `onShown` is called once, when the first session has it. A session that cannot be reached is an outcome, no failure.
   * The sessions of the users in `except` are left alone: another way reaches them.
   */
  show(
    message: MessageToShow,
    onShown: () => void,
    signal: AbortSignal,
    except?: readonly string[],
  ): Promise<MessageOutcome>;
};

/**
 * What makes now a bad moment for a restart: a password of the disk that somebody has to type at the machine, programs that are being
 * installed. Never rejects; what cannot be found out is left out.
 */
export type RebootWarningPort = { read(signal: AbortSignal): Promise<RebootWarning[]> };

/** A zero exit proves nothing: only another boot id does. These say whether the system took the wish. */
export type RebootPort = {
  /** Why this system would surely refuse, as far as it can be known beforehand; null where it may take it. Never rejects. */
  obstacle(): Promise<string | null>;
  /** Asks the system to restart `delayMinutes` from now and to show `message` to whoever is logged in. */
  schedule(wish: {
    delayMinutes: number;
    message: string;
  }): Promise<{ kind: "scheduled" } | { kind: "already-scheduled" } | { kind: "failed"; reason: string }>;
  /** Calls off whatever shutdown or restart is scheduled. */
  cancel(): Promise<{ kind: "cancelled" } | { kind: "none-scheduled" } | { kind: "failed"; reason: string }>;
};

/** A person who is logged in at a desktop. `id` is what the system tells accounts apart by: a uid, or a SID on Windows. */
export type LoggedInUser = { id: string; user: string };

/** An open channel of one person; `close` ends it with what it left in the file system. */
export type OpenChannel = { close(): Promise<void> };

/**
 * The way between the service of this machine and a person's own programs. Each person has a channel that only they can reach; what
 * the system does not vouch for itself (Windows) is proven before a connection is handed on.
 */
export type LocalChannelPort = {
  /** Whether this process may open channels to other people: it runs as root or SYSTEM. */
  canServe(): boolean;
  /** Who is logged in at a desktop, each once. Rejects when it cannot be read. */
  users(): Promise<LoggedInUser[]>;
  /** Milliseconds after which who is logged in is worth asking again. */
  usersEveryMs(): number;
  /** Calls `changed` when somebody may have logged in or out, where the system tells it for nothing. Does not keep the process alive. */
  watchUsers(changed: () => void): Cancel;
  /** Removes the channels of people who left while no service ran. Rejects where something that is not ours is in the way. */
  removeLeft(): Promise<void>;
  /** Opens the person's channel, and replaces what a killed service left. Rejects where something that is not ours is in the way. */
  open(user: LoggedInUser, connected: (peer: Duplex) => void): Promise<OpenChannel>;
  /** Connects this process to the channel of its own user. Rejects when there is none, or it is not a service's. */
  connect(): Promise<Duplex>;
  /** Whether this machine has a service, also one that does not run at this moment. */
  isServiceInstalled(): Promise<boolean>;
};

/** One operating system behind its ports. `create-platform.ts` makes it: `createPlatform(): Promise<Platform>`. */
export type Platform = {
  family: OsFamily;
  clock: Clock;
  files: FilePort;
  storage: StoragePort;
  administratorFiles: AdministratorFilePort;
  identity: IdentityPort;
  power: PowerPort;
  sessions: SessionPort;
  processes: ProcessPort;
  metrics: MetricsPort;
  inventory: InventoryPort;
  messages: MessagePort;
  reboots: RebootPort;
  rebootWarnings: RebootWarningPort;
  localChannel: LocalChannelPort;
  /**
   * The last call of the agent: the process ends with this code once nothing is left to do. While a file system hangs a thread of
   * ours waits in it and an ordinary end would never come: then the process kills itself, and the code is that of a kill.
   */
  endProcess(code: number): void;
  /** The last call of an agent that nothing starts again: the same program begins anew, with the same arguments. */
  replaceProcess(): void;
};
