import { X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "node:tls";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLogger } from "../logging/logger.ts";
import { maintainSelfMadeTls, readAuthorityPin, selfMadeTlsFiles } from "./self-made-tls.ts";

const DAY_MS = 86_400_000;
const log = createLogger({ level: "error", outputs: [] });
let dataDir: string;
let now: number;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "muster-tls-"));
  now = Date.now();
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const files = () => selfMadeTlsFiles(dataDir);
const read = (name: keyof ReturnType<typeof files>) => readFileSync(files()[name], "utf8");

/** What the server does at a start. */
async function start(names: string[] = ["muster.lan", "localhost", "127.0.0.1", "fd00::7"]) {
  const maintained = await maintainSelfMadeTls({ dataDir, listNames: () => names, now: () => now, log });
  maintained.stop();
  return { certificate: read("certFile"), authority: read("authorityFile") };
}

describe("MUSTER_TLS=self", () => {
  it("makes an authority for many years and a certificate for all names, readable by the server's account alone", async () => {
    await start();
    const certificate = new X509Certificate(read("certFile"));
    const authority = new X509Certificate(read("authorityFile"));
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(authority.validToDate.getTime() - now).toBeGreaterThan(15 * 365 * DAY_MS);
    expect(certificate.validToDate.getTime() - now).toBeLessThan(100 * DAY_MS);
    expect([certificate.checkHost("muster.lan"), certificate.checkHost("localhost")]).toEqual([
      "muster.lan",
      "localhost",
    ]);
    expect([certificate.checkIP("127.0.0.1"), certificate.checkIP("fd00::7")]).toEqual([
      "127.0.0.1",
      "fd00::7",
    ]);
    expect(certificate.ca).toBe(false);
    for (const file of Object.values(files())) expect(statSync(file).mode & 0o077).toBe(0);
  });

  it("shows its authority in the chain, so that an agent finds the pinned one", async () => {
    await start();
    const server = createServer({ cert: read("certFile"), key: read("keyFile") });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const socket = connect({ host: "127.0.0.1", port, ca: read("authorityFile") });
    await once(socket, "secureConnect");
    const { issuerCertificate } = socket.getPeerCertificate(true);
    expect(issuerCertificate.fingerprint256.replaceAll(":", "").toLowerCase()).toBe(
      readAuthorityPin(files()),
    );
    socket.destroy();
    server.close();
  });

  it("renews 30 days before the end with the same authority, and not earlier", async () => {
    const first = await start();
    now += 59 * DAY_MS;
    expect(await start()).toEqual(first);
    now += 2 * DAY_MS;
    const renewed = await start();
    expect(renewed.certificate).not.toBe(first.certificate);
    expect(renewed.authority).toBe(first.authority);
  });

  it("makes a new certificate when the server has another name", async () => {
    const first = await start();
    const moved = await start(["fleet.lan"]);
    expect(moved.authority).toBe(first.authority);
    expect(new X509Certificate(moved.certificate).checkHost("fleet.lan")).toBe("fleet.lan");
  });

  it("repairs a certificate whose key is another one", async () => {
    const first = await start();
    rmSync(files().keyFile);
    expect((await start()).certificate).not.toBe(first.certificate);
  });

  it("does not make another authority when the key of the present one is lost", async () => {
    await start();
    rmSync(files().authorityKeyFile);
    rmSync(files().certFile);
    await expect(start()).rejects.toThrow(/authority is missing: restore/);
  });

  it("refuses a folder that others may enter", async () => {
    await start();
    chmodSync(path.dirname(files().certFile), 0o777);
    await start();
    expect(statSync(path.dirname(files().certFile)).mode & 0o777).toBe(0o700);
  });
});
