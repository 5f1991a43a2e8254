import { expect, it } from "vitest";
import { openShell } from "../harness/command-line.ts";
import { findOrInstall } from "../harness/debian-program.ts";
import { enrolDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { createReportingDevice } from "../harness/reporting-device.ts";
import { startServerProcess } from "../harness/server-process.ts";
import { traceSystemCalls } from "../harness/system-call-trace.ts";

const REPORTS = 8;

it("syncs the log of the database before it answers a report", async ({ skip, onTestFinished }) => {
  const strace = await findOrInstall("strace");
  if (strace.kind === "missing") return skip(strace.reason);
  const shell = await openShell("sqlite");
  onTestFinished(() => shell.remove());
  const server = startServerProcess({ ...shell.environment, MUSTER_DEVICE_REQUESTS_AT_ONCE: "1000" });
  onTestFinished(async () => {
    server.process.kill("SIGKILL");
    await server.exited;
  });
  const { url } = await server.ready;
  const { apiKey } = (await shell.run(["org", "create", "Traced"], { json: true })).json;
  const device = await enrolDevice(url, await makeEnrolmentToken(url, apiKey));

  const calls = ["read", "pwrite64", "fdatasync", "fsync", "write", "writev"];
  const trace = await traceSystemCalls(strace.path, server.process.pid ?? 0, calls);
  if (trace === null) return skip("this system lets nobody trace a process");
  const end = new AbortController();
  let answers = 0;
  const reporting = createReportingDevice(device, () => (answers += 1) === REPORTS && end.abort());
  await reporting.report(() => Promise.resolve(url), end.signal, { lanes: ["live"] });

  const steps = (await trace.stop()).flatMap((line) => stepOf(line) ?? []).join(" ");
  expect(steps.split("answer").length - 1).toBe(REPORTS);
  // The server's own jobs write between reports, and while one waits for its turn.
  expect(steps).toMatch(/^(((log )+sync )*request ((log )+sync )+answer ?)+((log )+sync ?)*$/);
});

function stepOf(line: string): "request" | "log" | "sync" | "answer" | null {
  if (/^read\(.*"POST \/api\/v1\/agent\/report/.test(line)) return "request";
  if (/^pwrite64\(\d+<[^>]*muster\.db-wal>/.test(line)) return "log";
  if (/^(fdatasync|fsync)\(\d+<[^>]*muster\.db-wal>\) *= 0/.test(line)) return "sync";
  if (/^writev?\(\d+<TCP.*HTTP\/1\.1 200 /.test(line)) return "answer";
  return null;
}
