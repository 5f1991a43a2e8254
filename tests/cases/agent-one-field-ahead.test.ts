import { expect, it } from "vitest";
import { createContext } from "../../desktop-agent/src/agent-host/context.ts";
import { statusCommand } from "../../desktop-agent/src/headless/commands/status.command.ts";
import { readStatus } from "../../desktop-agent/src/agent/state/agent-status.ts";
import { readReportAnswer } from "../../desktop-agent/src/transport/read-answer.ts";
import { HOME, INTERVAL_S, makeAgent } from "../harness/fake-agent.ts";

async function startAgent(ignored: string[]) {
  const made = await makeAgent();
  made.server.answerWith({ ignored });
  await made.agent.start();
  await made.pass(2);
  return made;
}

it("logs each name that the server left out once", async () => {
  const { server, logged, pass } = await startAgent(["samples.gpu", "facts.mood"]);
  await pass(5 * INTERVAL_S);
  server.answerWith({ ignored: ["samples.gpu", "inventory.keyboard"] });
  await pass(5 * INTERVAL_S);
  const lines = logged.filter((line) => line.includes("leaves out"));
  expect(lines.map((line) => line.split("leaves out: ")[1])).toEqual([
    "samples.gpu, facts.mood.",
    "inventory.keyboard.",
  ]);
});

it("continues to report", async () => {
  const { server, agent, pass } = await startAgent(["facts.mood"]);
  await pass(10 * INTERVAL_S);
  expect(server.requests).toHaveLength(server.stored.length);
  expect(server.stored).toHaveLength(11);
  expect(server.stored.filter(({ facts }) => facts)).toHaveLength(1);
  expect(agent.status().reporting?.spool.samples).toBe(0);
});

it("shows the names in the status", async () => {
  const { platform, pass } = await startAgent(["samples.gpu"]);
  await pass(INTERVAL_S);
  expect((await readStatus(platform.files, HOME))?.reporting?.ignored).toEqual(["samples.gpu"]);
  platform.machine.processes.set(100, "run");
  await platform.files.replace(HOME.lock, '{"pid":100,"run":"run"}', { sync: false });
  const made = await createContext({ MUSTER_AGENT_HOME: HOME.root }, undefined, async () => platform);
  if (made.kind === "invalid") throw new Error(made.problems.join());
  const shown = await statusCommand(made.context);
  expect(JSON.stringify(shown)).toContain("samples.gpu: the server is older than the agent");
});

it("writes no control characters of a name into the log, and keeps a bounded list", async () => {
  const { server, agent, logged, pass } = await startAgent(["evil\u001b[2Jname\nline"]);
  for (let round = 0; round < 20; round += 1) {
    server.answerWith({ ignored: Array.from({ length: 10 }, (_, index) => `field-${round}-${index}`) });
    await pass(INTERVAL_S);
  }
  expect(agent.status().reporting?.ignored?.length).toBeLessThanOrEqual(50);
  expect(logged.join("")).not.toMatch(/[\u0000-\u001f]/);
});

it("treats an answer whose list is invalid as one without a list", () => {
  for (const ignored of ["samples.gpu", [1], Array.from({ length: 11 }, () => "a"), ["x".repeat(81)], {}]) {
    expect(readReportAnswer(JSON.stringify({ stored: true, ignored }))).toEqual({ stored: true });
  }
});
