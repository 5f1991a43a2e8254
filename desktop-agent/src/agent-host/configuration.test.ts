import { describe, expect, it } from "vitest";
import { loadSettings } from "./configuration.ts";

const load = (environment: Record<string, string>, file?: unknown) =>
  loadSettings(environment, file === undefined ? null : JSON.stringify(file));

function settingsOf(...given: Parameters<typeof load>) {
  const loaded = load(...given);
  if (loaded.kind === "invalid") throw new Error(loaded.problems.join());
  return loaded.settings;
}

describe("loadSettings", () => {
  it("says nothing when nothing is set", () => {
    expect(settingsOf({})).toEqual({
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
    });
  });

  it("takes the environment over the file", () => {
    const file = { server: "https://file.example", interval: 60, insecureHttp: true };
    const environment = { MUSTER_AGENT_SERVER: "https://env.example", MUSTER_AGENT_INSECURE_HTTP: "0" };
    expect(settingsOf(environment, file)).toMatchObject({
      server: "https://env.example",
      intervalS: 60,
      insecureHttp: false,
    });
  });

  it("understands the older names and tells what became of them", () => {
    const loaded = load(
      {},
      {
        server: "http://localhost:5000",
        path: "/api/fleet/report",
        interval: 10.0,
        token: "t",
        machine_id: "lab-1",
        log_file: "/tmp/agent.log",
      },
    );
    expect(loaded).toMatchObject({
      kind: "loaded",
      settings: {
        server: "http://localhost:5000",
        intervalS: 10,
        enrolmentToken: "t",
        logFile: "/tmp/agent.log",
      },
    });
    expect(loaded.kind === "loaded" && loaded.notes.map((note) => note.split(" ")[0])).toEqual([
      "path",
      "machine_id",
      "token",
    ]);
  });

  it("understands the older variables", () => {
    const environment = { FLEET_SERVER: "https://old.example", FLEET_TOKEN: "t" };
    expect(settingsOf(environment)).toMatchObject({ server: "https://old.example", enrolmentToken: "t" });
    expect(settingsOf({ ...environment, MUSTER_AGENT_SERVER: "https://new.example" }).server).toBe(
      "https://new.example",
    );
  });

  it("names the place of a wrong value and what it must be", () => {
    const loaded = load(
      { MUSTER_AGENT_INTERVAL: "0" },
      { interval: 60, insecureHttp: "maybe", log_file: " " },
    );
    expect(loaded).toEqual({
      kind: "invalid",
      problems: [
        "MUSTER_AGENT_INTERVAL must be a number of seconds from 1 to 86400.",
        "log_file in config.json must be a text that is not empty.",
        "insecureHttp in config.json must be true or false.",
      ],
    });
  });

  it("lists every problem and shows no value", () => {
    const secret = "sesame-open";
    const loaded = load(
      { MUSTER_AGENT_LOG_LEVEL: secret, MUSTER_AGENT_INTERVAL: secret },
      { token: { value: secret }, insecureHttp: secret, sevrer: secret },
    );
    expect(loaded.kind === "invalid" && loaded.problems).toHaveLength(5);
    expect(JSON.stringify(loaded)).not.toContain(secret);
  });

  it("takes mount points that are not monitored as a list, or separated by commas", () => {
    expect(settingsOf({}, { excludedMounts: ["/mnt/a, b", "/media/*", "D:"] }).excludedMounts).toEqual([
      "/mnt/a, b",
      "/media/*",
      "D:",
    ]);
    expect(settingsOf({ MUSTER_AGENT_EXCLUDED_MOUNTS: "/srv, E:\\*" }).excludedMounts).toEqual([
      "/srv",
      "E:\\*",
    ]);
  });

  it.each([["srv"], ["/a*b"], ["*"], [""], [7], ["/".padEnd(500, "x")]])(
    "refuses %s as a mount point, and says what is one",
    (mount) => {
      const loaded = load({}, { excludedMounts: [mount] });
      expect(loaded).toMatchObject({ kind: "invalid" });
      expect(loaded.kind === "invalid" && loaded.problems.join()).toMatch(
        /^excludedMounts in config\.json must be at most 50 mount points such as "\/mnt\/backup"/,
      );
    },
  );

  it("does not quote a file that is no JSON", () => {
    const loaded = loadSettings({}, '{"token": "sesame"');
    expect(loaded).toEqual({ kind: "invalid", problems: ["config.json must be a JSON object."] });
  });
});
