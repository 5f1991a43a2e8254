import type { LocalAgent, LocalPerson } from "../local-agent.ts";
import { createBell } from "./bell.ts";
import { createCheck } from "./create-check.ts";
import { createLocalAgent, type OpenPerson } from "./create-local-agent.ts";
import { deliverMessage, resumeMessage } from "./deliver-message.ts";
import { openInbox } from "./inbox.ts";
import type { People, PeopleDeps } from "./people.ts";

/** Takes up what earlier runs kept for the people in front of this machine. Never rejects. */
export async function openPeople(deps: PeopleDeps): Promise<People> {
  const { clock, files, messages } = deps.platform;
  const { home, log } = deps;
  const open = new Set<OpenPerson>();
  const bell = createBell();
  const checkNow = createCheck(clock, deps.sampleNow);
  const inbox = await openInbox({ files, path: home.inbox, clock, bell, log });
  const users = () => [...new Set([...open].map(({ user }) => user))];
  const delivery = {
    clock,
    bell,
    inbox,
    messages,
    users,
    isOnePerson: deps.agent.variant === "tray",
  };

  function refresh(): void {
    for (const person of open) person.refresh();
  }

  function openFor(person: LocalPerson): LocalAgent {
    const made = createLocalAgent(deps, { person, inbox, checkNow, closed: () => close(made) });
    open.add(made);
    bell.ring();
    return made.agent;
  }

  function close(made: OpenPerson): void {
    open.delete(made);
    bell.ring();
  }

  bell.listen(refresh);
  return {
    openFor,
    refresh,
    deliver: (message, job) => deliverMessage(delivery, message, job),
    resumeMessage: (id, job) => resumeMessage(delivery, id, job),
  };
}
