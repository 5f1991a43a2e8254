import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBody } from "./dbus-decode.ts";
import { encodeBody } from "./dbus-encode.ts";
import { type DbusMessage, encodeMessage, MESSAGE_TYPE, takeMessage } from "./dbus-message.ts";
import { splitSignature } from "./dbus-signature.ts";

const HELLO: DbusMessage = {
  type: MESSAGE_TYPE.call,
  serial: 1,
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
  member: "Hello",
  destination: "org.freedesktop.DBus",
  body: [],
};

describe("D-Bus messages", () => {
  it("are read as they were written, and leave the bytes that follow", () => {
    const signal: DbusMessage = {
      ...HELLO,
      type: MESSAGE_TYPE.signal,
      serial: 7,
      signature: "sb",
      body: ["é", true],
    };
    const first = takeMessage(Buffer.concat([encodeMessage(signal), encodeMessage(HELLO)]));
    expect(first?.message).toMatchObject(signal);
    expect(first && takeMessage(first.rest)?.message).toMatchObject(HELLO);
  });

  it("wait for their last byte", () => {
    const bytes = encodeMessage(HELLO);
    expect(takeMessage(bytes.subarray(0, -1))).toBeUndefined();
  });

  it("are read in the other byte order", () => {
    // A boolean true and the text "hi" as a big-endian machine writes them.
    const bytes = Buffer.from("0000000100000002686900", "hex");
    expect(decodeBody("bs", bytes, false)).toEqual([true, "hi"]);
  });

  it("hold structs, dictionaries and variants", () => {
    const bytes = encodeBody("a{sv}(to)", [[["type", ["s", "reboot"]]], [1_800_000_000_000_000, "/"]]);
    expect(decodeBody("a{sv}(to)", bytes, true)).toEqual([
      [["type", "reboot"]],
      [1_800_000_000_000_000, "/"],
    ]);
  });

  it("are rejected when they are too long or not a message", () => {
    const bytes = encodeMessage(HELLO);
    bytes.writeUInt32LE(2 ** 31, 4);
    expect(() => takeMessage(bytes)).toThrow("too long");
    expect(() => takeMessage(Buffer.from("HTTP/1.1 200 OK\r\n"))).toThrow("not a D-Bus message");
  });

  it("result in a message or an error for any bytes, and never in an endless loop", () => {
    const mutated = fc.tuple(fc.nat(120), fc.integer({ min: 0, max: 255 })).map(([at, value]) => {
      const bytes = encodeMessage({ ...HELLO, signature: "a{sv}", body: [[["type", ["s", "reboot"]]]] });
      bytes[at % bytes.length] = value;
      return bytes;
    });
    const anything = fc.oneof(mutated, fc.uint8Array({ maxLength: 200 }).map(Buffer.from));
    fc.assert(
      fc.property(anything, (bytes) => {
        try {
          takeMessage(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("splitSignature", () => {
  it("splits into complete types", () => {
    expect(splitSignature("sa{sv}a(uu)v")).toEqual(["s", "a{sv}", "a(uu)", "v"]);
  });

  it.each(["(", "a", "()", "a{", "?", "a".repeat(100)])("refuses %j", (signature) => {
    expect(() => splitSignature(signature)).toThrow();
  });
});
