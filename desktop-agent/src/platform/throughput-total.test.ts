import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createThroughputTotal } from "./throughput-total.ts";

const of = (counters: Record<string, [number, number]>) =>
  new Map(Object.entries(counters).map(([name, [inBytes, outBytes]]) => [name, { inBytes, outBytes }]));

describe("throughput total", () => {
  it("adds what each interface grew by", () => {
    const total = createThroughputTotal();
    total(of({ eth0: [100, 10], eth1: [5, 5] }));
    expect(total(of({ eth0: [150, 30], eth1: [6, 5] }))).toEqual({ inBytes: 51, outBytes: 20 });
  });

  it("adds nothing for an interface that is new, removed or restarted", () => {
    const total = createThroughputTotal();
    total(of({ eth0: [1_000, 1_000], old: [7, 7] }));
    expect(total(of({ eth0: [3, 4], wlan0: [999, 999] }))).toEqual({ inBytes: 0, outBytes: 0 });
    expect(total(of({ eth0: [4, 6], wlan0: [1_000, 999] }))).toEqual({ inBytes: 2, outBytes: 2 });
  });

  it("is null while there is nothing to count", () => {
    expect(createThroughputTotal()(new Map())).toBeNull();
  });

  it("never decreases", () => {
    const counter = fc.double({ min: 0, max: 2 ** 64, noNaN: true });
    const counters = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.tuple(counter, counter), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(fc.array(counters, { maxLength: 8 }), (rounds) => {
        const total = createThroughputTotal();
        let last = { inBytes: 0, outBytes: 0 };
        for (const round of rounds) {
          const now = total(of(round)) ?? last;
          expect(now.inBytes).toBeGreaterThanOrEqual(last.inBytes);
          expect(now.outBytes).toBeGreaterThanOrEqual(last.outBytes);
          last = now;
        }
      }),
    );
  });
});
