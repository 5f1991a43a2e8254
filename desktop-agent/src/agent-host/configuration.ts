import { MAX_EXCLUDED_MOUNTS } from "@muster/shared/protocol/agent-protocol.ts";
import { readConfigText } from "../agent/config-text.ts";
import type { Settings } from "../validators/input-schemas.ts";
import { isGivenSettings } from "../validators/input-validators.generated.js";
import { parseObject } from "../validators/json-object.ts";
import { keepValidFields } from "../validators/keep-valid-fields.ts";

export type { Settings } from "../validators/input-schemas.ts";

export type LoadedSettings =
  /** `notes` name legacy settings that have another meaning today. */
  | { kind: "loaded"; settings: Settings; notes: string[] }
  /** Every problem, each naming its setting and never its value. */
  | { kind: "invalid"; problems: string[] };

export type Environment = Record<string, string | undefined>;

/** Where a setting comes from. Its schema says which values it may have. */
type Source = {
  environment: readonly string[];
  /** Names in the file; those after the first are legacy. */
  file: readonly string[];
  /** The value of a text, of the environment or of the file. */
  convert: (text: string) => unknown;
  requirement: string;
};

const DEFAULTS: Settings = {
  server: null,
  intervalS: null,
  logLevel: "info",
  logFile: null,
  caFile: null,
  pin: null,
  proxy: null,
  insecureHttp: false,
  excludedMounts: [],
  enrolmentToken: null,
};

const BOOLEANS: Readonly<Record<string, boolean>> = { "1": true, true: true, "0": false, false: false };

const SOURCES: Readonly<Record<keyof Settings, Source>> = {
  server: textFrom(["MUSTER_AGENT_SERVER", "FLEET_SERVER"], "server"),
  intervalS: {
    environment: ["MUSTER_AGENT_INTERVAL"],
    file: ["interval"],
    convert: Number,
    requirement: "must be a number of seconds from 1 to 86400.",
  },
  logLevel: {
    environment: ["MUSTER_AGENT_LOG_LEVEL"],
    file: ["logLevel"],
    convert: (text) => text,
    requirement: "must be debug, info, warn or error.",
  },
  logFile: textFrom(["MUSTER_AGENT_LOG_FILE"], "logFile", "log_file"),
  caFile: textFrom(["MUSTER_AGENT_CA_FILE"], "caFile"),
  pin: textFrom(["MUSTER_AGENT_PIN"], "pin"),
  proxy: textFrom(["MUSTER_AGENT_PROXY"], "proxy"),
  insecureHttp: {
    environment: ["MUSTER_AGENT_INSECURE_HTTP"],
    file: ["insecureHttp"],
    convert: (text) => BOOLEANS[text] ?? text,
    requirement: "must be true or false.",
  },
  excludedMounts: {
    environment: ["MUSTER_AGENT_EXCLUDED_MOUNTS"],
    file: ["excludedMounts"],
    // A comma in a name needs the list of the file.
    convert: (text) => text.split(",").map((part) => part.trim()),
    requirement: `must be at most ${MAX_EXCLUDED_MOUNTS} mount points such as "/mnt/backup" or "D:", or beginnings that end with * such as "/media/*".`,
  },
  enrolmentToken: textFrom(["MUSTER_ENROL_TOKEN", "FLEET_TOKEN"], "token"),
};

function textFrom(environment: string[], ...file: string[]): Source {
  return {
    environment,
    file,
    convert: (text) => text.trim(),
    requirement: "must be a text that is not empty.",
  };
}

const LEGACY_NOTES: Record<string, string> = {
  path: "path is not needed any more: the agent knows the server's paths",
  machine_id: "machine_id is not used: a device is named on the server",
  token: "token is taken as an enrolment token; it is not needed once the device is enrolled",
};

/**
 * Settings from the environment over the file over defaults. `fileText` is the text of config.json, null when there is none.
 */
export function loadSettings(environment: Environment, fileText: string | null): LoadedSettings {
  const problems: string[] = [];
  const file = parseFile(fileText, problems);
  const sources = Object.entries(SOURCES);
  const known = new Set([...sources.flatMap(([, source]) => source.file), ...Object.keys(LEGACY_NOTES)]);
  for (const name of Object.keys(file)) {
    if (!known.has(name))
      problems.push(`${JSON.stringify(name.slice(0, 40))} in config.json is not a setting. Remove it.`);
  }

  const given: Record<string, unknown> = {};
  const requirements = new Map<string, string>();
  for (const [name, source] of sources) {
    const found = findValue(source, environment, file);
    if (!found) continue;
    given[name] = typeof found.value === "string" ? source.convert(found.value) : found.value;
    requirements.set(name, `${found.origin} ${source.requirement}`);
  }
  const { value, removed } = keepValidFields(given, isGivenSettings);
  problems.push(...removed.map((name) => requirements.get(name) ?? name));
  if (problems.length > 0) return { kind: "invalid", problems };
  const settings = { ...DEFAULTS, ...value };
  if (settings.intervalS !== null) settings.intervalS = Math.round(settings.intervalS);
  const notes = Object.entries(LEGACY_NOTES).flatMap(([name, note]) => (name in file ? note : []));
  return { kind: "loaded", settings, notes };
}

function findValue(
  { environment: variables, file: names }: Source,
  environment: Environment,
  file: Record<string, unknown>,
) {
  const variable = variables.find((name) => (environment[name] ?? "") !== "");
  if (variable !== undefined) return { value: environment[variable], origin: variable };
  const name = names.find((key) => key in file);
  return name === undefined ? null : { value: file[name], origin: `${name} in config.json` };
}

function parseFile(fileText: string | null, problems: string[]): Record<string, unknown> {
  if (fileText === null) return {};
  const config = readConfigText(fileText);
  if (config.kind === "unreadable") {
    problems.push(`config.json ${config.reason}`);
    return {};
  }
  const content = parseObject(config.text);
  // The parser's own message would quote the file, and with it a token.
  if (!content) problems.push("config.json must be a JSON object.");
  return content ?? {};
}
