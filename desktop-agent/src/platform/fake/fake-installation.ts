import type { InstallationPort, ServiceStart } from "../ports/installation-port.ts";

/** An installation that only remembers what was asked of it. */
export type FakeInstallation = InstallationPort & {
  obstacleText: string | null;
  startResult: ServiceStart;
  kept: string[];
  /** What was called, in order, with its argument. */
  readonly calls: string[];
};

export function createFakeInstallation(): FakeInstallation {
  const calls: string[] = [];
  let isInstalled = false;
  const fake: FakeInstallation = {
    home: "/var/lib/muster-agent",
    obstacleText: null,
    startResult: { kind: "started", manager: "systemd" },
    kept: [],
    calls,
    obstacle: async () => fake.obstacleText,
    isInstalled: async () => isInstalled,
    async prepareHome(configText) {
      calls.push(`home ${configText.trim()}`);
      return !isInstalled;
    },
    async putProgram(folder) {
      calls.push(`program ${folder ?? "usual"}`);
      isInstalled = true;
    },
    async start() {
      calls.push("start");
      return fake.startResult;
    },
    async stop() {
      calls.push("stop");
    },
    async remove() {
      calls.push("remove");
      isInstalled = false;
      return fake.kept;
    },
  };
  return fake;
}
