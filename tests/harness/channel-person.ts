// A person's program that attaches to the service by the channel of its own account, and asks it what standard input says: a line of
// JSON {id, method, args} each. Writes {id, answer} or {id, failed}, and {attached}, {view} and {ended} as they come.
import { createInterface } from "node:readline";
import { attachToService } from "../../desktop-agent/src/agent/local-channel/client/attach-to-service.ts";
import { createLog } from "../../desktop-agent/src/agent/log.ts";
import { createPlatform } from "../../desktop-agent/src/platform/create-platform.ts";

const LOOK_AGAIN_MS = 100;

const { localChannel, clock } = await createPlatform();
const log = createLog({ level: "error", wallMs: () => clock.wallMs(), write: () => undefined });
const say = (said: object) => void process.stdout.write(`${JSON.stringify(said)}\n`);

let agent: Awaited<ReturnType<typeof attach>> = null;

async function attach() {
  const service = await attachToService({ channel: localChannel, clock, log });
  if (!service) return null;
  say({ attached: service.agent.view() });
  service.agent.subscribe(() => say({ view: service.agent.view() }));
  void service.ended.then((ended) => {
    agent = null;
    say({ ended });
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
    const asked = (agent ?? {}) as Record<string, (...given: unknown[]) => unknown>;
    say({ id, answer: (await asked[method]?.(...args)) ?? null });
  } catch (error) {
    say({ id, failed: String(error) });
  }
}

await look();
if (!agent) say({ alone: true });
for await (const line of createInterface(process.stdin)) void answer(line);
process.exit();
