import { readdir, readFile, watch } from "node:fs/promises";
import path from "node:path";
import { decodeRecords } from "../../desktop-agent/src/agent/spool/spool-segment.ts";
import { makeAgentHomeFolder } from "./agent-process.ts";

const impatientMain = path.join(import.meta.dirname, "impatient-agent.ts");

export type SpoolingAgent = {
  deviceId: string;
  /** Waits until at least so many samples wait for the server; answers their instants. */
  untilSpooled(count: number): Promise<number[]>;
  /** Waits for a report that is delivered from now on, and until no sample waits any more. */
  untilDrained(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
};

type Reporting = {
  spool: { samples: number };
  contact: { isReached: boolean; lastDeliveredAtMs: number | null };
};

/** A real agent that samples once a second and soon returns to a server that was away, enrolled and running. */
export async function startSpoolingAgent(url: string, token: string): Promise<SpoolingAgent> {
  const home = await makeAgentHomeFolder();
  const env = { MUSTER_AGENT_INTERVAL: "1" };
  const enrolled = await home.start(["enrol", "--server", url, "--token-stdin", "--json"], { stdin: token })
    .ended;
  if (enrolled.code !== 0) throw new Error(`not enrolled: ${enrolled.stderr}${enrolled.stdout}`);
  const agent = home.start([], { env, main: impatientMain });

  /** The engine replaces its status after each change. */
  async function until(holds: (reporting: Reporting) => boolean): Promise<void> {
    const stop = new AbortController();
    const changes = watch(home.path, { signal: stop.signal });
    if (await isSo(holds)) return stop.abort();
    for await (const { filename } of changes) {
      if (filename === "status.json" && (await isSo(holds))) return;
    }
  }
  async function isSo(holds: (reporting: Reporting) => boolean): Promise<boolean> {
    const text = await readFile(path.join(home.path, "status.json"), "utf8").catch(() => "{}");
    const { reporting } = JSON.parse(text) as { reporting?: Reporting };
    return reporting !== undefined && holds(reporting);
  }
  async function readSpool(): Promise<number[]> {
    const folder = path.join(home.path, "spool");
    const names = (await readdir(folder)).filter((name) => name !== "head.json");
    const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
    return texts.flatMap((text) => decodeRecords(text).flatMap((record) => record?.sample.at ?? []));
  }

  await until(({ contact }) => contact.isReached);
  return {
    deviceId: JSON.parse(enrolled.stdout).deviceId,
    async untilSpooled(count) {
      await until(({ spool }) => spool.samples >= count);
      return readSpool();
    },
    untilDrained() {
      const now = Date.now();
      return until(
        ({ contact, spool }) =>
          spool.samples === 0 && contact.isReached && (contact.lastDeliveredAtMs ?? 0) > now,
      );
    },
    async stop() {
      const { code, stderr } = await agent.stop();
      if (code !== 0) throw new Error(`the agent ended with ${code}: ${stderr}`);
    },
    async remove() {
      await agent.kill();
      await home.remove();
    },
  };
}
