// A user's program that attaches to the service by the channel of its own account, and calls what standard input requests: a line of
// JSON {id, method, args} each. Writes {id, answer} or {id, failed}, and {attached}, {view} and {ended} as they come.
import { createInterface } from "node:readline";
import { attachToService } from "../../desktop-agent/src/agent/local-channel/client/attach-to-service.ts";
import { createLog } from "../../desktop-agent/src/agent/log.ts";
import { createPlatform } from "../../desktop-agent/src/platform/create-platform.ts";

const LOOK_AGAIN_MS = 100;

const { localChannel, clock } = await createPlatform();
const log = createLog({ level: "error", wallMs: () => clock.wallMs(), write: () => undefined });
const send = (message: object) => void process.stdout.write(`${JSON.stringify(message)}\n`);

let agent: Awaited<ReturnType<typeof attach>> = null;

async function attach() {
  const service = await attachToService({ channel: localChannel, clock, log });
  if (!service) return null;
  send({ attached: service.agent.view() });
  service.agent.subscribe(() => send({ view: service.agent.view() }));
  void service.ended.then((ended) => {
    agent = null;
    send({ ended });
    void look();
  });
  return service.agent;
}

async function look(): Promise<void> {
  agent = await attach();
  if (!agent) clock.after(LOOK_AGAIN_MS, () => void look());
}

async function answer(line: string): Promise<void> {
  const { id, method, args } = JSON.parse(line);
  try {
    const methods = (agent ?? {}) as Record<string, (...given: unknown[]) => unknown>;
    send({ id, answer: (await methods[method]?.(...args)) ?? null });
  } catch (error) {
    send({ id, failed: String(error) });
  }
}

await look();
if (!agent) send({ alone: true });
for await (const line of createInterface(process.stdin)) void answer(line);
process.exit();
