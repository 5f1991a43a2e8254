import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type Configuration, configurationOf } from "./configuration.ts";
import { descriptionOf, describeSettings, type SettingName, Settings, settings } from "./settings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the configuration, one line per problem, without values. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/**
 * Reads the configuration: environment over muster.yaml (in the data folder, else in the working directory) over defaults.
 * Throws ConfigurationError.
 */
export function loadConfiguration(environment: Environment = process.env): Configuration {
  const fromEnvironment = readEnvironment(environment);
  const dataDir = fromEnvironment["dataDir"] ?? "./data";
  const file = [path.join(dataDir, "muster.yaml"), "muster.yaml"].find((name) => existsSync(name));
  const fromFile = file === undefined ? {} : readFile(file);
  const parsed = Settings.safeParse({ ...fromFile, ...fromEnvironment });
  if (!parsed.success)
    throw configurationError(parsed.error.issues.flatMap((issue) => problemsOf(issue, file)));
  const configuration = configurationOf(parsed.data, environment["NODE_ENV"]);
  if ("problems" in configuration) throw configurationError(configuration.problems);
  return configuration;
}

/** An empty variable counts as absent, because containers often set empty ones. */
function readEnvironment(environment: Environment): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, env } of describeSettings()) {
    const value = environment[env];
    if (value !== undefined && value !== "") found[name] = value;
  }
  return found;
}

function readFile(file: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8")) ?? {};
  } catch {
    throw configurationError([`${file} cannot be read, or is not YAML`]);
  }
  const record = z.record(z.string(), z.unknown()).safeParse(content);
  if (!record.success) throw configurationError([`${file} must hold settings as "name: value"`]);
  return record.data;
}

function problemsOf(issue: z.core.$ZodIssue, file: string | undefined): string[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${key} in ${file} is not a setting`);
  const name = issue.path[0];
  if (!isSettingName(name)) return [`${file} must hold settings as "name: value"`];
  const { env, mustBe } = descriptionOf(settings[name]);
  return [`${env} (${name} in muster.yaml) must be ${mustBe}`];
}

function isSettingName(name: PropertyKey | undefined): name is SettingName {
  return typeof name === "string" && Object.hasOwn(settings, name);
}

function configurationError(problems: readonly string[]): ConfigurationError {
  return new ConfigurationError([...new Set(problems)].join("\n"));
}
