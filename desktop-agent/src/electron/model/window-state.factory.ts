import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { WindowState } from "../ipc-contract.ts";
import { makeLocalView } from "./local-view.factory.ts";

/** What a window starts from on a machine that reports and is well, with its own engine. */
export function makeWindowState(
  view: Partial<LocalView> = {},
  changes: Partial<WindowState> = {},
): WindowState {
  return {
    view: makeLocalView(view),
    role: "own-engine",
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
