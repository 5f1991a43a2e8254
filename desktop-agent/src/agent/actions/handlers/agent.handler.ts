import type { ActionHandler, ActionHost } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";
import { printable } from "../../log.ts";
import { listRotated } from "../../rotating-file.ts";

const MAX_LINE_LENGTH = 500;
/** No line that may be asked for lies further back: 2000 lines of the longest. */
const MAX_BYTES = 1_048_576;

/** The agent's own log and nothing else: the path is the configuration's, links are not followed, no text can be given. */
export const collectAgentLogHandler: ActionHandler<"collect-agent-log"> = {
  async run({ lines }, _job, host) {
    return { outcome: "done", result: { lines: await readNewest(lines, host) } };
  },
};

async function readNewest(count: number, { files, logPath }: ActionHost): Promise<string[]> {
  const newestFirst = (await listRotated(files, logPath)).toReversed();
  let found: string[] = [];
  for (const path of newestFirst) {
    if (found.length >= count) break;
    const text = (await files.readEnd(path, MAX_BYTES)) ?? "";
    const lines = text.split("\n").filter((line) => line !== "");
    found = [...lines, ...found];
  }
  return found.slice(-count).map((line) => printable(line).slice(0, MAX_LINE_LENGTH));
}

export const refreshInventoryHandler: ActionHandler<"refresh-inventory"> = {
  async run(_payload, _job, { refreshInventory }) {
    const read = await refreshInventory();
    if (read.kind === "skip") return errorEnd("failed", `The inventory cannot be read: ${read.reason}`);
    return { outcome: "done", result: { inventoryHash: read.hash } };
  },
};

/** The agent restarts itself. That it runs again is the proof, so the next run tells it. */
export const restartHandler: ActionHandler<"restart"> = {
  async run(_payload, _job, { restartAgent }) {
    if (!restartAgent) return errorEnd("not-supported", "This agent cannot restart itself.");
    restartAgent();
    return { outcome: "unfinished" };
  },
  async resume(_payload, _job, { agentVersion }) {
    return { outcome: "done", result: { agentVersion } };
  },
};
