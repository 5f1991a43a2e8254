import { describe, expect, it } from "vitest";
import { checkServerUrl } from "./server-address.ts";

const kindOf = (url: string, insecureHttp = false) => checkServerUrl(url, insecureHttp).kind;

describe("checkServerUrl", () => {
  it("accepts HTTPS anywhere and keeps a path", () => {
    expect(checkServerUrl("https://Fleet.example:8443/muster/", false)).toEqual({
      kind: "usable",
      url: "https://fleet.example:8443/muster",
    });
  });

  it("accepts plain HTTP on loopback only", () => {
    expect(
      ["http://localhost:8080", "http://127.0.0.1", "http://127.8.9.1:1", "http://[::1]:8080"].map((url) =>
        kindOf(url),
      ),
    ).toEqual(Array(4).fill("usable"));
    expect(
      [
        "http://fleet.example",
        "http://10.0.0.1",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://[::2]",
      ].map((url) => kindOf(url)),
    ).toEqual(Array(5).fill("refused"));
  });

  it("accepts plain HTTP elsewhere when that is allowed", () =>
    expect(kindOf("http://10.0.0.1", true)).toBe("usable"));

  it("refuses what is not a plain base address", () => {
    const urls = [
      "",
      "fleet.example",
      "ftp://fleet.example",
      "https://u:p@fleet.example",
      "https://a.example/?x=1",
      "https://a.example/#x",
    ];
    expect(urls.map((url) => kindOf(url, true))).toEqual(Array(6).fill("refused"));
  });
});
