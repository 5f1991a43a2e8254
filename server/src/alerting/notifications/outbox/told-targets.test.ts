import { expect, it } from "vitest";
import { toldTargets } from "./told-targets.ts";

type Delivery = Parameters<typeof toldTargets>[0][number];

function delivery(event_number: number, change: Partial<Delivery> = {}): Delivery {
  return { event_number, kind: "opened", state: "sent", channel_id: "mail", recipient: "ann", ...change };
}

const told = (deliveries: readonly Delivery[], from?: number) => [...toldTargets(deliveries, from)];

it("knows of an alarm who was told, or will be, until the end", () => {
  expect(told([delivery(1), delivery(1, { recipient: "bob", state: "waiting" })])).toEqual([
    "mail ann",
    "mail bob",
  ]);
  expect(told([delivery(1), delivery(2, { kind: "ended" })])).toEqual([]);
  expect(told([delivery(1), delivery(2, { kind: "ended" }), delivery(3, { kind: "reopened" })])).toEqual([
    "mail ann",
  ]);
});

it("does not know of it what failed, was merged or dropped", () => {
  expect(
    told([
      delivery(1, { state: "failed" }),
      delivery(2, { state: "merged" }),
      delivery(3, { state: "dropped" }),
    ]),
  ).toEqual([]);
});

it("leaves out what was told before an event, and tells channels apart", () => {
  expect(told([delivery(1), delivery(2, { channel_id: "chat", recipient: "" })], 2)).toEqual(["chat "]);
});
