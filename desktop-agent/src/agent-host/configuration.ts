import { isMountPattern } from "../collectors/mount-exclusions.ts";
import { readConfigText } from "../agent/config-text.ts";
import type { LogLevel } from "../agent/log.ts";

/** Settings of the environment and the configuration file; null where neither sets one. */
export type Settings = {
  server: string | null;
  /** Seconds between reports, whatever the server requests. */
  intervalS: number | null;
  logLevel: LogLevel;
  logFile: string | null;
  caFile: string | null;
  pin: string | null;
  /** The proxy on the way to the server; may hold a password. Null: as HTTPS_PROXY and HTTP_PROXY say. */
  proxy: string | null;
  insecureHttp: boolean;
  /** File systems that are not monitored: mount points, or beginnings that end with `*`. */
  excludedMounts: string[];
  enrolmentToken: string | null;
};

export type LoadedSettings =
  /** `notes` name legacy settings that have another meaning today. */
  | { kind: "loaded"; settings: Settings; notes: string[] }
  /** Every problem, each naming its setting and never its value. */
  | { kind: "invalid"; problems: string[] };

export type Environment = Record<string, string | undefined>;

/** A reader takes the value of a file or the text of the environment; undefined means that it is not acceptable. */
type Field<Value> = {
  environment: readonly string[];
  /** Names in the file; those after the first are legacy. */
  file: readonly string[];
  fallback: Value;
  read: (value: unknown) => Value | undefined;
  requirement: string;
};

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

const text = (value: unknown) =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;

function seconds(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && number >= 1 && number <= 86_400 ? Math.round(number) : undefined;
}

function yesNo(value: unknown): boolean | undefined {
  if (value === true || value === "1" || value === "true") return true;
  return value === false || value === "0" || value === "false" ? false : undefined;
}

const MAX_EXCLUDED_MOUNTS = 50;

/** A list in the file, or mount points separated by commas; a comma in a name needs the file. */
function mountPatterns(value: unknown): string[] | undefined {
  const given = typeof value === "string" ? value.split(",").map((part) => part.trim()) : value;
  if (!Array.isArray(given) || given.length > MAX_EXCLUDED_MOUNTS) return undefined;
  return given.every((item) => typeof item === "string" && isMountPattern(item)) ? given : undefined;
}

function optionalText(environment: string[], ...file: string[]): Field<string | null> {
  return { environment, file, fallback: null, read: text, requirement: "must be a text that is not empty" };
}

/*
 * Read by hand and not by a zod schema: zod costs 15 MiB in the one process that must stay small.
 */
const FIELDS: { [Name in keyof Settings]: Field<Settings[Name]> } = {
  server: optionalText(["MUSTER_AGENT_SERVER", "FLEET_SERVER"], "server"),
  intervalS: {
    environment: ["MUSTER_AGENT_INTERVAL"],
    file: ["interval"],
    fallback: null,
    read: seconds,
    requirement: "must be a number of seconds from 1 to 86400",
  },
  logLevel: {
    environment: ["MUSTER_AGENT_LOG_LEVEL"],
    file: ["logLevel"],
    fallback: "info",
    read: (value) => LEVELS.find((level) => level === value),
    requirement: `must be one of ${LEVELS.join(", ")}`,
  },
  logFile: optionalText(["MUSTER_AGENT_LOG_FILE"], "logFile", "log_file"),
  caFile: optionalText(["MUSTER_AGENT_CA_FILE"], "caFile"),
  pin: optionalText(["MUSTER_AGENT_PIN"], "pin"),
  proxy: optionalText(["MUSTER_AGENT_PROXY"], "proxy"),
  insecureHttp: {
    environment: ["MUSTER_AGENT_INSECURE_HTTP"],
    file: ["insecureHttp"],
    fallback: false,
    read: yesNo,
    requirement: "must be true or false",
  },
  excludedMounts: {
    environment: ["MUSTER_AGENT_EXCLUDED_MOUNTS"],
    file: ["excludedMounts"],
    fallback: [],
    read: mountPatterns,
    requirement: `must be at most ${MAX_EXCLUDED_MOUNTS} mount points such as "/mnt/backup" or "D:", or beginnings that end with * such as "/media/*"`,
  },
  enrolmentToken: optionalText(["MUSTER_ENROL_TOKEN", "FLEET_TOKEN"], "token"),
};

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
  const known = new Set([
    ...Object.values(FIELDS).flatMap((field) => field.file),
    ...Object.keys(LEGACY_NOTES),
  ]);
  for (const name of Object.keys(file)) {
    if (!known.has(name)) problems.push(`config.json: ${JSON.stringify(name.slice(0, 40))} is no setting`);
  }

  const read = <Name extends keyof Settings>(name: Name): Settings[Name] =>
    readField<Settings[Name]>(FIELDS[name], environment, file, problems);
  const settings: Settings = {
    server: read("server"),
    intervalS: read("intervalS"),
    logLevel: read("logLevel"),
    logFile: read("logFile"),
    caFile: read("caFile"),
    pin: read("pin"),
    proxy: read("proxy"),
    insecureHttp: read("insecureHttp"),
    excludedMounts: read("excludedMounts"),
    enrolmentToken: read("enrolmentToken"),
  };
  if (problems.length > 0) return { kind: "invalid", problems };
  const notes = Object.entries(LEGACY_NOTES).flatMap(([name, note]) => (name in file ? note : []));
  return { kind: "loaded", settings, notes };
}

function readField<Value>(
  field: Field<Value>,
  environment: Environment,
  file: Record<string, unknown>,
  problems: string[],
): Value {
  const variable = field.environment.find((name) => (environment[name] ?? "") !== "");
  const key = field.file.find((name) => name in file);
  if (variable === undefined && key === undefined) return field.fallback;
  const value = field.read(variable === undefined ? file[key ?? ""] : environment[variable]);
  if (value === undefined) problems.push(`${variable ?? `config.json: ${key}`} ${field.requirement}`);
  return value ?? field.fallback;
}

function parseFile(fileText: string | null, problems: string[]): Record<string, unknown> {
  if (fileText === null) return {};
  const config = readConfigText(fileText);
  if (config.kind === "unreadable") {
    problems.push(`config.json ${config.reason}`);
    return {};
  }
  try {
    const content: unknown = JSON.parse(config.text);
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return { ...content };
  } catch {
    // Said below; the parser's own message would quote the file, and with it a token.
  }
  problems.push("config.json must be a JSON object");
  return {};
}
