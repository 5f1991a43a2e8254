import { type Duplex, duplexPair } from "node:stream";
import { describe, expect, it } from "vitest";
import { proveToClient, proveToService } from "./channel-proof.ts";

const KEY = Buffer.alloc(32, 1);
const OTHER_KEY = Buffer.alloc(32, 2);

describe("both sides of a pipe", () => {
  it("recognise each other by the key, and continue with the same stream", async () => {
    const [service, client] = duplexPair();
    expect(await Promise.all([proveToClient(service, KEY), proveToService(client, KEY)])).toEqual([
      true,
      true,
    ]);
    const heard = new Promise((resolve) => service.once("data", resolve));
    service.resume();
    client.write("hello");
    expect(String(await heard)).toBe("hello");
  });

  it("keep data that arrived right after the proof for the next reader", async () => {
    const [service, client] = duplexPair();
    const proven = proveToService(client, KEY);
    await proveToClient(service, KEY);
    service.write("welcome\n");
    expect(await proven).toBe(true);
    const heard = new Promise((resolve) => client.once("data", resolve));
    client.resume();
    expect(String(await heard)).toBe("welcome\n");
  });

  it("reject each other with different keys", async () => {
    const [service, client] = duplexPair();
    const proven = proveToService(client, OTHER_KEY);
    expect(await proveToClient(service, KEY)).toBe(false);
    service.destroy();
    expect(await proven).toBe(false);
  });

  it("reject their own proof when it is sent back", async () => {
    const [service, client] = duplexPair();
    const proven = proveToService(client, KEY);
    // Who took the pipe before the service has no key, and can only say what it hears.
    service.write(`${"a".repeat(64)}\n`);
    const [, proof = ""] = (await nextLine(service)).split(" ");
    service.write(`${proof}\n`);
    expect(await proven).toBe(false);
  });

  it.each([
    "",
    "no proof",
    `${"a".repeat(64)} ${"b".repeat(63)}`,
    "a".repeat(600),
    `${"a".repeat(64)} ${"é".repeat(64)}`,
  ])("do not accept %j", async (said) => {
    const [service, client] = duplexPair();
    const proven = proveToClient(service, KEY);
    client.write(`${said}\n`);
    expect(await proven).toBe(false);
  });

  it("do not wait for a closed peer", async () => {
    const [service, client] = duplexPair();
    const proven = proveToClient(service, KEY);
    client.end();
    client.resume();
    expect(await proven).toBe(false);
  });
});

async function nextLine(stream: Duplex): Promise<string> {
  let text = "";
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes("\n")) return text.trim();
  }
  return text;
}
