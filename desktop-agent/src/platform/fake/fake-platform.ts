import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";
import type {
  AdministratorFile,
  NetworkReading,
  Throughput,
  FileSystemReading,
  InventoryReading,
  MemoryReading,
  Platform,
  SessionReading,
} from "../ports.ts";
import type { ServicesReading } from "../ports/services-port.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createFakeFiles, type FakeFiles } from "./fake-files.ts";
import { createFakeInstallation, type FakeInstallation } from "./fake-installation.ts";
import { createFakeLocalChannel, type FakeLocalChannel } from "./fake-local-channel.ts";
import { createFakeMessages, type FakeMessages } from "./fake-messages.ts";
import { createFakePower, type FakePower } from "./fake-power.ts";
import { createFakeReboots, type FakeReboots } from "./fake-reboots.ts";

/** Everything that a test can set about the machine. A value that is an Error makes its reading reject with it. */
export type FakeMachine = {
  machineId: string;
  hypervisorUuid: string | null;
  bootId: string;
  /** Busy and total time of the cores since boot. */
  cpu: { busy: number; total: number } | Error;
  memory: MemoryReading | Error;
  load: number | null;
  fileSystems: FileSystemReading[];
  hungFileSystems: string[];
  readOnlyFileSystems: string[];
  /** Without `interfaces`, eth0 carries all of it. */
  network: (Throughput & Partial<NetworkReading>) | null | Error;
  disks: Throughput | null;
  temperatureCelsius: number | null;
  batteryPercent: number | null;
  rebootRequired: boolean | null;
  session: SessionReading;
  /** What runs under a process number, by number. */
  processes: Map<number, string>;
  inventory: InventoryReading | Error;
  services: ServicesReading | Error;
  /** The administrator's file of allowed actions. */
  allowedActions: AdministratorFile;
  rebootWarnings: RebootWarning[];
  homeProblem: string | null;
};

export type FakePlatform = Platform & {
  clock: FakeClock;
  files: FakeFiles;
  power: FakePower;
  messages: FakeMessages;
  reboots: FakeReboots;
  localChannel: FakeLocalChannel;
  installation: FakeInstallation;
  /** Changed by the test at any time; the next reading sees it. */
  machine: FakeMachine;
  /** The exit codes with which the agent asked to end. */
  readonly endCodes: readonly number[];
  /** How often the agent asked to restart. */
  replacements(): number;
};

/** A machine for tests: a small healthy server whose values, clock, files and power the test controls. */
export function createFakePlatform(
  overrides: Partial<FakeMachine> = {},
  parts: { clock?: FakeClock; files?: FakeFiles; power?: FakePower } = {},
): FakePlatform {
  const clock = parts.clock ?? createFakeClock();
  const machine: FakeMachine = { ...healthyServer(clock.wallMs() - clock.sinceBootMs()), ...overrides };
  const endCodes: number[] = [];
  let replacements = 0;
  const installation = createFakeInstallation();
  return {
    family: "linux",
    machine,
    clock,
    files: parts.files ?? createFakeFiles(),
    power: parts.power ?? createFakePower(),
    storage: {
      defaultHome: () => "/var/lib/muster-agent",
      homeProblem: async () => machine.homeProblem,
      allowedActions: () => "/etc/muster/allowed-actions.json",
    },
    administratorFiles: { read: async () => machine.allowedActions },
    identity: {
      machineId: async () => machine.machineId,
      hypervisorUuid: async () => machine.hypervisorUuid,
      bootId: async () => machine.bootId,
    },
    sessions: { console: async () => machine.session },
    processes: { runOf: async (pid) => machine.processes.get(pid) ?? null },
    metrics: {
      cpuTimes: async () => orThrow(machine.cpu),
      memory: async () => orThrow(machine.memory),
      loadAverage: async () => machine.load,
      async fileSystems(_signal, isExcluded = () => false) {
        const isMeasured = (mount: string) => !isExcluded(mount);
        return {
          readings: machine.fileSystems.filter(({ mount }) => isMeasured(mount)),
          hung: machine.hungFileSystems.filter(isMeasured),
          readOnly: machine.readOnlyFileSystems.filter(isMeasured),
          excluded: [...machine.fileSystems.map(({ mount }) => mount), ...machine.hungFileSystems].filter(
            isExcluded,
          ),
        };
      },
      network: async () => {
        const total = orThrow(machine.network);
        return total && { interfaces: new Map([["eth0", total]]), ...total };
      },
      disks: async () => machine.disks,
      temperatureCelsius: async () => machine.temperatureCelsius,
      batteryPercent: async () => machine.batteryPercent,
      rebootRequired: async () => machine.rebootRequired,
    },
    inventory: { read: async () => orThrow(machine.inventory), routeTo: () => undefined },
    services: { read: async () => orThrow(machine.services) },
    messages: createFakeMessages(),
    reboots: createFakeReboots(),
    rebootWarnings: { read: async () => machine.rebootWarnings },
    localChannel: createFakeLocalChannel(),
    installation,
    openInstallation: async () => installation,
    endProcess: (code) => void endCodes.push(code),
    endCodes,
    replaceProcess: () => {
      replacements += 1;
    },
    replacements: () => replacements,
  };
}

function orThrow<T>(value: T | Error): T {
  if (value instanceof Error) throw value;
  return value;
}

function healthyServer(bootedAt: number): FakeMachine {
  return {
    machineId: "0f5d2d3a6c8e4b19a7c1e0d4b3f29a58",
    hypervisorUuid: "5b0c7f3e-2a64-4d0b-9a51-3b8f0c6e7d21",
    bootId: "7e8b1f0a-93c4-4c5e-8f6d-2f1f3a5b7c9d",
    cpu: { busy: 1_000, total: 10_000 },
    memory: { totalBytes: 8e9, availableBytes: 6e9, swapTotalBytes: 0, swapUsedBytes: 0 },
    load: 0.5,
    fileSystems: [{ mount: "/", type: "ext4", sizeBytes: 1e11, usedPercent: 40, freeBytes: 6e10 }],
    hungFileSystems: [],
    readOnlyFileSystems: [],
    network: { inBytes: 1_000_000, outBytes: 500_000 },
    disks: { inBytes: 2_000_000, outBytes: 1_000_000 },
    temperatureCelsius: null,
    batteryPercent: null,
    rebootRequired: false,
    session: { user: null, idleSinceMs: null },
    processes: new Map(),
    allowedActions: { kind: "absent" },
    rebootWarnings: [],
    homeProblem: null,
    services: { kind: "unreadable", reason: "no service manager" },
    inventory: {
      hostname: "srv-01",
      os: {
        family: "linux",
        name: "Debian GNU/Linux 12 (bookworm)",
        version: "12",
        kernel: "6.1.0",
        arch: "x64",
      },
      hardware: {
        cpu: { model: "Test Processor", cores: 2, threads: 4 },
        memoryBytes: 8e9,
        hasBattery: false,
      },
      classGuess: "server",
      disks: [{ mount: "/", device: "/dev/sda1", type: "ext4", sizeBytes: 1e11, removable: false }],
      networkInterfaces: [{ name: "eth0", mac: "02:00:00:00:00:01", addresses: ["192.0.2.10"] }],
      bootedAt,
      timeZone: "Europe/Paris",
    },
  };
}
