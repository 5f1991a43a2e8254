import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../platform/config/load-configuration.ts";
import { publicAddressOf } from "./public-address.ts";

const PIN = "b".repeat(64);

/** The address by the settings of a server on a computer with these addresses. */
function addressOf(environment: Record<string, string>, networkAddresses = ["192.168.7.20", "fd00::7"]) {
  const configuration = loadConfiguration({ MUSTER_DATA_DIR: "/nonexistent", ...environment });
  const pin = configuration.tls?.isSelfMade ? PIN : null;
  const { warnings, ...rest } = publicAddressOf({
    configuration,
    port: configuration.port,
    networkAddresses,
    pin,
  });
  return { ...rest, codes: warnings.map(({ code }) => code), warnings };
}

describe("the address in an install line", () => {
  it("is the computer's own while the server listens on loopback, with the setting to change", () => {
    const { url, isReachable, trust, codes, warnings } = addressOf({});
    expect({ url, isReachable, trust, codes }).toEqual({
      url: "http://localhost:8080",
      isReachable: false,
      trust: { kind: "loopback" },
      codes: ["loopback"],
    });
    expect(warnings[0]?.settings).toEqual(["MUSTER_HOST=0.0.0.0", "MUSTER_TLS=self"]);
    expect(warnings[0]?.message).toContain("set MUSTER_HOST=0.0.0.0 and MUSTER_TLS=self");
  });

  it("is one of the computer's addresses when the server listens on all, and says that it was guessed", () => {
    expect(addressOf({ MUSTER_HOST: "0.0.0.0", MUSTER_TLS: "self" })).toMatchObject({
      url: "https://192.168.7.20:8080",
      isReachable: true,
      trust: { kind: "pin", pin: PIN },
      codes: ["address-guessed"],
    });
    expect(addressOf({ MUSTER_HOST: "::", MUSTER_TLS: "self" }, ["fd00::7"]).url).toBe(
      "https://[fd00::7]:8080",
    );
  });

  it("is the one that the server listens on when there is one", () => {
    expect(addressOf({ MUSTER_HOST: "10.1.2.3", MUSTER_TLS: "self" })).toMatchObject({
      url: "https://10.1.2.3:8080",
      codes: [],
    });
  });

  it("is the configured one, behind a proxy by the proxy's certificate", () => {
    const behindProxy = {
      MUSTER_PUBLIC_URL: "https://muster.example.org/fleet",
      MUSTER_TRUSTED_PROXIES: "127.0.0.1",
      MUSTER_TLS: "self",
    };
    expect(addressOf(behindProxy)).toMatchObject({
      url: "https://muster.example.org/fleet",
      isReachable: true,
      trust: { kind: "certificate" },
      codes: [],
    });
  });

  it("warns of plain HTTP, and of a public URL that means each computer itself", () => {
    expect(addressOf({ MUSTER_HOST: "10.1.2.3", MUSTER_INSECURE_HTTP: "1" })).toMatchObject({
      trust: { kind: "none" },
      codes: ["plain-http"],
    });
    const local = {
      MUSTER_HOST: "10.1.2.3",
      MUSTER_INSECURE_HTTP: "1",
      MUSTER_PUBLIC_URL: "http://localhost:8080",
    };
    expect(addressOf(local)).toMatchObject({ isReachable: false, codes: ["public-url-local"] });
  });
});
