import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { WindowState } from "../ipc-contract.ts";
import { makeLocalView } from "./local-view.factory.ts";

/** The state of a healthy machine that reports from the embedded engine. */
export function makeWindowState(
  view: Partial<LocalView> = {},
  changes: Partial<WindowState> = {},
): WindowState {
  return {
    view: makeLocalView(view),
    role: "embedded-engine",
    language: "en",
    locale: "en-GB",
    settings: {
      language: null,
      opensAtLogin: true,
      canChangeOpensAtLogin: true,
      secretsKept: "key-store",
    },
    ...changes,
  };
}
