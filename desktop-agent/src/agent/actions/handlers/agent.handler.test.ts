import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import { describe, expect, it } from "vitest";
import { LOG_PATH, makeJob } from "../../../../../tests/harness/action-job.ts";
import { collectAgentLogHandler } from "./agent.handler.ts";

const write = { sync: false };

async function collect(lines: number, { job, host }: ReturnType<typeof makeJob>): Promise<string[]> {
  const end = await collectAgentLogHandler.run({ lines }, job, host);
  return end.outcome === "done" ? end.result.lines : [];
}

describe("collect-agent-log", () => {
  it("returns the newest lines, oldest first, also from rotated files", async () => {
    const made = makeJob();
    await made.platform.files.replace(`${LOG_PATH}.2`, "1\n2\n", write);
    await made.platform.files.replace(`${LOG_PATH}.1`, "3\n4\n", write);
    await made.platform.files.replace(LOG_PATH, "5\n6\n", write);
    expect(await collect(3, made)).toEqual(["4", "5", "6"]);
    expect(await collect(2000, made)).toEqual(["1", "2", "3", "4", "5", "6"]);
  });

  it("removes control characters and secrets, and cuts lines to the length of the contract", async () => {
    const made = makeJob();
    const secret = `mk_${"s".repeat(43)}`;
    await made.platform.files.replace(LOG_PATH, `\u001b[2J ${secret}\u0000\n${"x".repeat(9000)}\n`, write);
    const lines = await collect(10, made);
    expect(lines[0]).toBe("\ufffd[2J [secret]\ufffd");
    expect(lines[1]).toHaveLength(500);
    expect(ACTIONS["collect-agent-log"].result.safeParse({ lines }).success).toBe(true);
  });

  it("returns nothing when there is no log", async () => expect(await collect(10, makeJob())).toEqual([]));
});
