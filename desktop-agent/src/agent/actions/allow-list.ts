import { readConfigText } from "../config-text.ts";
import type { AdministratorFilePort } from "../../platform/ports.ts";
import { isAllowedActions } from "../../validators/input-validators.generated.js";

/** Which types of actions this machine's administrator lets happen here, whatever a server signs. */
export type AllowList =
  /** There is no file: everything is allowed. */
  | { kind: "everything" }
  | { kind: "only"; types: ReadonlySet<string> }
  /** A file that cannot be relied on forbids everything. */
  | { kind: "nothing"; reason: string };

/** Reads the administrator's file, `{"allowed": ["message", ...]}`. It is read for each action: a change applies immediately. */
export async function readAllowList(files: AdministratorFilePort, path: string): Promise<AllowList> {
  const file = await files.read(path);
  switch (file.kind) {
    case "absent":
      return { kind: "everything" };
    case "unusable":
      return { kind: "nothing", reason: `${path} ${file.reason}.` };
    case "text": {
      const config = readConfigText(file.text);
      if (config.kind === "unreadable") return { kind: "nothing", reason: `${path} ${config.reason}` };
      const types = parse(config.text);
      return types
        ? { kind: "only", types }
        : {
            kind: "nothing",
            reason: `${path} must contain {"allowed": [names of actions]} and nothing else.`,
          };
    }
  }
}

/** Why this type may not happen here; null when it may. */
export function reasonToForbid(list: AllowList, type: string): string | null {
  switch (list.kind) {
    case "everything":
      return null;
    case "only":
      return list.types.has(type) ? null : "The administrator of this machine does not allow this action.";
    case "nothing":
      return `No action is allowed on this machine: ${list.reason}`;
  }
}

function parse(text: string): ReadonlySet<string> | null {
  try {
    const content: unknown = JSON.parse(text);
    return isAllowedActions(content) ? new Set(content.allowed) : null;
  } catch {
    return null; // Said by the caller: it then forbids everything.
  }
}
