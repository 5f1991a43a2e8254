import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findOrInstall } from "./debian-program.ts";

const run = promisify(execFile);
const OWN_TRAFFIC = fileURLToPath(new URL("./print-own-traffic.ts", import.meta.url));

export type OwnTraffic = { names: string[]; inBytes: number; outBytes: number };

export type NetworkNamespaces = {
  /** Runs `ip` inside a namespace, by the words of its command line. */
  ip(namespace: string, command: string): Promise<void>;
  /** The interfaces that the agent counts in a namespace, with their counters. */
  ownTraffic(namespace: string): Promise<OwnTraffic>;
  /** Sends bytes over TCP from one namespace, at an address, into another. */
  fetch(transfer: { from: string; address: string; into: string; bytes: number }): Promise<void>;
  remove(): Promise<void>;
};

type Made = { kind: "made"; namespaces: NetworkNamespaces } | { kind: "missing"; reason: string };

/** Network namespaces of this test alone, routers each; the machine's own is not touched. Only root can make them. */
export async function createNetworkNamespaces(...names: string[]): Promise<Made> {
  if (process.getuid?.() !== 0) return { kind: "missing", reason: "only root makes network namespaces" };
  const found = await findOrInstall("ip", "iproute2");
  if (found.kind === "missing") return found;
  const idOf = (name: string) => `muster-${process.pid}-${name}`;
  const remove = async () => {
    for (const name of names) await run(found.path, ["netns", "del", idOf(name)]).catch(() => undefined);
  };
  const inside = (name: string, file: string, args: readonly string[]) =>
    [found.path, ["netns", "exec", idOf(name), file, ...args]] as const;
  try {
    for (const name of names) {
      await run(found.path, ["netns", "add", idOf(name)]);
      await run(...inside(name, "sh", ["-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"]));
    }
    // Kernels without these drivers cannot show what is to be seen.
    await run(found.path, ["-n", idOf(names[0] ?? ""), "link", "add", "probe", "type", "veth"]);
    await run(found.path, ["-n", idOf(names[0] ?? ""), "link", "del", "probe"]);
  } catch (error) {
    await remove();
    return { kind: "missing", reason: String(error).split("\n")[0] ?? "unknown" };
  }
  const namespaces: NetworkNamespaces = {
    ip: async (name, command) => {
      // Names of namespaces in a command are ours.
      const words = command.split(" ").map((word) => (names.includes(word) ? idOf(word) : word));
      await run(found.path, ["-n", idOf(name), ...words]);
    },
    ownTraffic: async (name) => {
      const { stdout } = await run(...inside(name, process.execPath, [OWN_TRAFFIC]));
      return JSON.parse(stdout);
    },
    async fetch({ from, address, into, bytes }) {
      const serve = `require("net").createServer((s) => s.end(Buffer.alloc(${bytes}))).listen(7000, "${address}", () => console.log("ready"))`;
      const server = spawn(...inside(from, process.execPath, ["-e", serve]), {
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        await once(server.stdout, "data");
        const fetch = `let n = 0; require("net").connect(7000, "${address}").on("data", (d) => { n += d.length; }).on("end", () => { process.exitCode = n === ${bytes} ? 0 : 1; })`;
        await run(...inside(into, process.execPath, ["-e", fetch]));
      } finally {
        server.kill("SIGKILL");
      }
    },
    remove,
  };
  return { kind: "made", namespaces };
}
