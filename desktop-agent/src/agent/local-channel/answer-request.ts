import type { LocalRequest } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent } from "../local-agent.ts";

/** Does what was asked, through the one door that a person has to the engine. Rejects when the engine could not. */
export async function answerRequest(agent: LocalAgent, request: LocalRequest): Promise<unknown> {
  switch (request.verb) {
    case "read":
      return request.what === "log" ? agent.readLog(request.place) : read(agent, request.what);
    case "watch":
      return agent.view();
    case "check":
      return agent.checkNow();
    case "pause":
      return agent.pause(request.forMs);
    case "resume":
      return agent.resume();
    case "acknowledge":
      return agent.acknowledge(request.message, request.said);
    case "postpone":
      return agent.postpone(request.action, request.toMs);
  }
}

type Reading = Exclude<Extract<LocalRequest, { verb: "read" }>["what"], "log">;

async function read(agent: LocalAgent, what: Reading): Promise<unknown> {
  switch (what) {
    case "view":
      return agent.view();
    case "hour":
      return agent.readHour();
    case "messages":
      return agent.readMessages();
    case "seen":
      return agent.readSeen();
    case "record":
      return agent.readRecord();
  }
}
