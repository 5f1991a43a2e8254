// `muster-agent run` that leaves a server which does not answer alone for two seconds instead of a minute, for tests that wait for it.
import { createContext } from "../../desktop-agent/src/agent-host/context.ts";
import { runService } from "../../desktop-agent/src/headless/run-service.ts";
import { waitForStopSignal } from "../../desktop-agent/src/headless/stop-signals.ts";
import { connect } from "../../desktop-agent/src/transport/connect.ts";

const CIRCUIT_OPEN_MS = 2_000;

const made = await createContext(process.env, undefined);
if (made.kind === "invalid") throw new Error(made.problems.join());
const { context } = made;
await runService(
  {
    ...context,
    connect: (address, credential, deps) =>
      connect(address, credential, { ...deps, circuitOpenMs: CIRCUIT_OPEN_MS }),
  },
  { showState: null, warn: (line) => process.stderr.write(`${line}\n`) },
  { stopRequested: waitForStopSignal() },
);
context.platform.endProcess(0);
