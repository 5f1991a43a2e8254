import { describe, expect, it } from "vitest";
import { clientAddress, createTrustedProxies, forwardedHeader, rateLimitKeyOf } from "./client-address.ts";

const none = createTrustedProxies([]);
const inside = createTrustedProxies(["10.0.0.0/8", "127.0.0.1", "fd00::/8"]);

describe("clientAddress", () => {
  it("ignores X-Forwarded-For without a trusted proxy", () => {
    expect(clientAddress("203.0.113.9", "1.2.3.4", none)).toBe("203.0.113.9");
    expect(clientAddress("203.0.113.9", "1.2.3.4", inside)).toBe("203.0.113.9");
  });

  it("uses the rightmost entry that is not a trusted proxy", () => {
    expect(clientAddress("127.0.0.1", "6.6.6.6, 198.51.100.7, 10.1.2.3", inside)).toBe("198.51.100.7");
    expect(clientAddress("fd00::1", "2001:db8::5", inside)).toBe("2001:db8::5");
    expect(clientAddress("::ffff:10.0.0.1", "::ffff:198.51.100.7", inside)).toBe("198.51.100.7");
  });

  it("stops at an entry that is not an address", () => {
    expect(clientAddress("10.0.0.1", "6.6.6.6, unknown, 10.0.0.2", inside)).toBe("10.0.0.2");
    expect(clientAddress("10.0.0.1", "", inside)).toBe("10.0.0.1");
  });

  it("reads the entries of Forwarded, and ignores what is not an address", () => {
    const of = (forwarded: string) => clientAddress("10.0.0.1", forwarded, inside);
    expect(of('for=192.0.2.43;proto=https, For="[2001:DB8::7]:4711"')).toBe("2001:db8::7");
    expect(of("proto=https;for=192.0.2.43:99;by=10.0.0.1")).toBe("192.0.2.43");
    for (const hidden of [
      "for=_hidden",
      "for=unknown",
      "proto=https",
      "for=1.2.3.4;for=1.2.3.5",
      'for="1.2.3.4',
    ])
      expect(of(hidden)).toBe("10.0.0.1");
  });

  it("prefers X-Forwarded-For, which the proxy set, to a Forwarded that the client sent", () => {
    const headers: Record<string, string> = { "x-forwarded-for": "192.0.2.1", forwarded: "for=6.6.6.6" };
    expect(forwardedHeader((name) => headers[name])).toBe("192.0.2.1");
    expect(forwardedHeader((name) => ({ forwarded: "for=6.6.6.6" })[name])).toBe("for=6.6.6.6");
  });

  it("is the first proxy when all are trusted", () => {
    expect(clientAddress("10.0.0.1", "10.0.0.3, 10.0.0.2", inside)).toBe("10.0.0.3");
  });
});

describe("limitKey", () => {
  it("is the /64 of an IPv6 address and all of an IPv4 address", () => {
    expect(rateLimitKeyOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2");
    expect(rateLimitKeyOf("2001:db8::6")).toBe("2001:db8:0:0");
    expect(rateLimitKeyOf("::1")).toBe("0:0:0:0");
    expect(rateLimitKeyOf("198.51.100.7")).toBe("198.51.100.7");
  });
});
