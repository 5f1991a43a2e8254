import type { Inventory, OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";
import type { InstallationPort } from "./ports/installation-port.ts";
import type { LocalChannelPort } from "./ports/local-channel-port.ts";
import type { ServicesPort } from "./ports/services-port.ts";

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
 * A part of a file. `file` identifies the file itself: another file under the same path has another value. `fromByte` is the offset at
 * which the part starts.
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

/** Default locations of the agent's files. */
export type StoragePort = {
  /** /var/lib/muster-agent as root, ~/.local/state/muster-agent otherwise; the system's convention on macOS and Windows. */
  defaultHome(): string;
  /** Why the agent must not use this home folder: others own it, or may put files there. Null where it may. */
  homeProblem(path: string): Promise<string | null>;
  /** The file by which this machine's administrator says which actions may happen here. */
  allowedActions(): string;
};

/** A file that the administrator of this machine wrote for the agent. */
export type AdministratorFile =
  | { kind: "text"; text: string }
  | { kind: "absent" }
  /** It exists but cannot be trusted: it is unreadable, or users other than administrators may have written it. */
  | { kind: "unusable"; reason: string };

/** Reads files that only the administrator of the machine can have written. `read` never rejects. */
export type AdministratorFilePort = {
  read(path: string): Promise<AdministratorFile>;
  /**
   * Makes the folder of the file, where any user could make it first. Called by the service of the machine; absent where only administrators
   * can make it.
   */
  prepareFolder?(path: string): Promise<void>;
};

/** Identifies this machine and this boot. Raw values: the engine hashes them before they leave the device. */
export type IdentityPort = {
  /** /etc/machine-id, IOPlatformUUID or MachineGuid. Rejects when it cannot be read, with `NoMachineIdError` when there is none. */
  machineId(): Promise<string>;
  /** The hypervisor's or mainboard's UUID, null where there is none or it may not be read. */
  hypervisorUuid(): Promise<string | null>;
  /** 1 to 64 letters, digits or `-`; changes with each boot and with nothing else. */
  bootId(): Promise<string>;
};

/** What the operating system announces about its power. `release` lets the system continue; it continues automatically after its own limit. */
export type PowerEvent =
  | { kind: "about-to-sleep"; release: () => void }
  | { kind: "woke" }
  | { kind: "going-down"; how: "shutting-down" | "restarting"; release: () => void };

export type PowerPort = {
  /** Starts listening and holds the delay inhibitor where there is one. Never rejects: what is not there is logged by `note`. */
  subscribe(listener: (event: PowerEvent) => void, note: (message: string) => void): Promise<Cancel>;
  /** Whether the whole system is going down, and how. Called when the agent is asked to stop. Answers within a second. */
  goingDown(): Promise<"no" | "shutting-down" | "restarting">;
};

export type SessionReading = {
  /** The user at the console, or else a remote user; null when nobody is logged in. */
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
  /** Free for programs without special rights. */
  freeBytes: number;
};

/** Cumulated since boot; a value that falls means the counter started again. */
export type Throughput = { inBytes: number; outBytes: number };

/** Growing counters by the name of what they count. */
export type Counters = ReadonlyMap<string, Throughput>;

/** All interfaces together, and each of them as far as the system tells them apart. */
export type NetworkReading = Throughput & { interfaces: Counters };

/** Raw readings of the moment. Null: this system does not have the value. A rejection: it has the value, and reading it failed. */
export type MetricsPort = {
  cpuTimes(): Promise<CpuTimes>;
  memory(): Promise<MemoryReading>;
  loadAverage(): Promise<number | null>;
  /**
   * Fixed, local, writable file systems. One that does not answer in time is named in `hung` and never touched twice at once. What
   * `isExcluded` names is not touched and has no faults.
   */
  fileSystems(
    signal: AbortSignal,
    isExcluded?: (mount: string) => boolean,
  ): Promise<{
    readings: FileSystemReading[];
    hung: string[];
    /** Mounts that `isExcluded` left out. */
    excluded?: string[];
    /** Mounts that should be writable and are not. */
    readOnly?: string[];
    /** Mounts that fail to answer, with the error's code. */
    unreadable?: { mount: string; code: string }[];
  }>;
  /** All physical interfaces together; loopback and virtual ones excluded. */
  network(): Promise<NetworkReading | null>;
  /** All fixed disks together: read is `inBytes`, written is `outBytes`. */
  disks(): Promise<Throughput | null>;
  temperatureCelsius(signal: AbortSignal): Promise<number | null>;
  batteryPercent(signal: AbortSignal): Promise<number | null>;
  /** Whether the system asks for a reboot to finish its updates; null when it is unknown. */
  rebootRequired(signal: AbortSignal): Promise<boolean | null>;
};

/** What the class of a machine was derived from. */
export type ClassReason =
  | "virtualization"
  | "portable-chassis"
  | "stationary-chassis"
  | "battery"
  | "desktop-session"
  | "no-desktop";

/** Everything of an inventory but `agent`, which the engine adds; and what its class was derived from, which the wire does not carry. */
export type InventoryReading = Omit<Inventory, "agent"> & { classReason?: ClassReason };

/** The slow readings: at start and once a day. */
export type InventoryPort = {
  /** The interface that leads to the server comes first, then what is hardware; of its addresses the one in use comes first. */
  read(signal: AbortSignal): Promise<InventoryReading>;
  /** Names the server's host: from now on readings look for the route to it. */
  routeTo(host: string): void;
};

/** A message for the local users. Its texts are never interpreted as markup. */
export type MessageToShow = {
  title: string;
  text: string;
  urgency: "low" | "normal" | "urgent";
  /** Answers that can be pressed, five at most. */
  buttons: readonly string[];
};

/** The outcome of a message for each session. Both lists are empty when nobody is logged in. */
export type MessageOutcome = {
  /** `by` names the method: "notify-send", "zenity", "wall", "toast", ... */
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
 * Reasons against a restart now: a disk password that must be typed at the machine, or a running installation. Never rejects; leaves
 * out what it cannot determine.
 */
export type RebootWarningPort = { read(signal: AbortSignal): Promise<RebootWarning[]> };

/** Reports whether the system accepted the request. Only a new boot id proves that it restarted. */
export type RebootPort = {
  /** Why this system would certainly refuse, as far as this is known in advance; null when it may accept. Never rejects. */
  obstacle(): Promise<string | null>;
  /** Asks the system to restart `delayMinutes` from now and to show `message` to all local users. */
  schedule(request: {
    delayMinutes: number;
    message: string;
  }): Promise<{ kind: "scheduled" } | { kind: "already-scheduled" } | { kind: "failed"; reason: string }>;
  /** Cancels any scheduled shutdown or restart. */
  cancel(): Promise<{ kind: "cancelled" } | { kind: "none-scheduled" } | { kind: "failed"; reason: string }>;
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
  services: ServicesPort;
  messages: MessagePort;
  reboots: RebootPort;
  rebootWarnings: RebootWarningPort;
  localChannel: LocalChannelPort;
  /** Loaded when it is used: a running agent does not need it. */
  openInstallation(): Promise<InstallationPort>;
  /**
   * The last call of the agent: the process ends with this code once nothing is left to do. While a file system hangs a thread of
   * ours waits in it, so the process would never exit normally: it then kills itself, and the exit code is that of a kill.
   */
  endProcess(code: number): void;
  /** Restarts the same program with the same arguments. The last call of an agent that no service manager restarts. */
  replaceProcess(): void;
};
