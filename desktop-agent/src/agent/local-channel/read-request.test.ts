import { Acknowledgement, type LocalRequest, LogPosition } from "@muster/shared/contracts/local-agent.ts";
import { LOCAL_PROTOCOL_VERSION, LOCAL_RESOURCES } from "@muster/shared/protocol/local-protocol.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRequest } from "./read-request.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const v = LOCAL_PROTOCOL_VERSION;

const whole = fc.maxSafeNat();
const word = fc.stringMatching(/^[a-z]{1,40}$/);
const place = fc.oneof(
  fc.constant<LogPosition>({ kind: "end" }),
  fc.record({ kind: fc.constantFrom("after" as const, "before" as const), run: word, byte: whole }),
);
const said = fc.oneof(
  fc.constant<Acknowledgement>({ what: "read" }),
  fc.record({ what: fc.constant("shown" as const), by: word }),
  fc.record({ what: fc.constant("not-shown" as const), reason: word }),
  fc.record({ what: fc.constant("pressed" as const), button: word }),
);
const anyRequest: fc.Arbitrary<LocalRequest> = fc.oneof(
  fc.record({ verb: fc.constant("read" as const), what: fc.constantFrom(...LOCAL_RESOURCES) }),
  fc.record({ verb: fc.constant("read" as const), what: fc.constant("log" as const), place }),
  fc.constantFrom<LocalRequest>({ verb: "watch" }, { verb: "check" }, { verb: "resume" }),
  fc.record({
    verb: fc.constant("pause" as const),
    forMs: fc.option(fc.integer({ min: 1, max: 86_400_000 }), { nil: null }),
  }),
  fc.record({ verb: fc.constant("acknowledge" as const), message: fc.constant(ID), said }),
  fc.record({ verb: fc.constant("postpone" as const), action: fc.constant(ID), toMs: fc.nat() }),
);

const read = (message: unknown) => readRequest(JSON.stringify(message));

describe("a request on the local channel", () => {
  it("is understood as it was meant", () => {
    fc.assert(
      fc.property(anyRequest, whole, (request, id) => {
        expect(read({ v, id, ...request })).toEqual({ kind: "request", id, request });
      }),
    );
  });

  it("is refused with a field too many, whatever the field is called", () => {
    fc.assert(
      fc.property(anyRequest, fc.string(), fc.jsonValue(), (request, name, value) => {
        const message = { v, id: 1, ...request };
        fc.pre(!Object.hasOwn(message, name));
        // Written by hand, as `__proto__` would otherwise set a prototype.
        const line = JSON.stringify(message).replace(
          /\}$/,
          `,${JSON.stringify(name)}:${JSON.stringify(value)}}`,
        );
        expect(readRequest(line).kind).toBe("refused");
      }),
    );
  });

  it("is refused without one of its fields", () => {
    fc.assert(
      fc.property(anyRequest, fc.nat(), (request, nth) => {
        const entries = Object.entries({ v, id: 1, ...request });
        const others = entries.toSpliced(nth % entries.length, 1);
        expect(read(Object.fromEntries(others)).kind).toBe("refused");
      }),
    );
  });

  it("never makes the reader fail, whatever the text is", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readRequest(text)));
  });

  it("says nothing about a message or a log that the contract would refuse", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 45 }), word, fc.string({ minLength: 190 }));
    const anySaid = fc.oneof(
      fc.record({ what: fc.constant("shown"), by: text }),
      fc.record({ what: fc.constant("not-shown"), reason: text }),
      fc.record({ what: fc.constant("pressed"), button: text }),
    );
    fc.assert(
      fc.property(anySaid, (given) => {
        const answer = read({ v, id: 1, verb: "acknowledge", message: ID, said: given });
        if (answer.kind === "refused" || answer.request.verb !== "acknowledge") return;
        expect(Acknowledgement.parse(given)).toEqual(answer.request.said);
      }),
    );
    fc.assert(
      fc.property(
        fc.record({ kind: fc.constantFrom("after", "before"), run: fc.string(), byte: fc.double() }),
        (given) => {
          const answer = read({ v, id: 1, verb: "read", what: "log", place: given });
          expect(answer.kind === "request").toBe(LogPosition.safeParse(given).success);
        },
      ),
    );
  });

  it.each([
    ["another version", { v: v + 1, id: 7, verb: "watch" }, "version"],
    ["a version as text", { v: String(v), id: 7, verb: "watch" }, "version"],
    ["a verb that there is not", { v, id: 7, verb: "run" }, "unknown-verb"],
    ["a verb that every object has", { v, id: 7, verb: "constructor" }, "unknown-verb"],
    ["a file's name for a reading", { v, id: 7, verb: "read", what: "../../etc/shadow" }, "malformed"],
    ["a path for an action", { v, id: 7, verb: "postpone", action: "/etc/passwd", toMs: 1 }, "malformed"],
    ["a pause of no time", { v, id: 7, verb: "pause", forMs: 0 }, "malformed"],
    ["a pause into the past", { v, id: 7, verb: "pause", forMs: -1 }, "malformed"],
    ["a pause of half a millisecond", { v, id: 7, verb: "pause", forMs: 0.5 }, "malformed"],
    [
      "a list for a message",
      { v, id: 7, verb: "acknowledge", message: [ID], said: { what: "read" } },
      "malformed",
    ],
  ])("is refused for %s, under its own number", (_, message, code) => {
    expect(read(message)).toMatchObject({ kind: "refused", id: 7, code });
  });

  it.each(["", "null", "[]", "7", '"watch"', "{", "{}", '{"v":1,"verb":"watch"}', "[".repeat(10_000)])(
    "is refused where %s is all there is",
    (text) => {
      expect(readRequest(text)).toMatchObject({ kind: "refused", id: null, code: "malformed" });
    },
  );
});
